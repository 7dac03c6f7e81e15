import type { Comparison } from '@/lib/alert/finding'
import { quantileOf } from '@/lib/stats/quantile-edges'

const bars = 24

/** Both samples in the same bins of equal width, which span the middle 99 % of either; the end bins hold what lies outside. Both sorted. */
export function compareNumbers(reference: Float64Array, current: Float64Array): Comparison {
  const low = Math.min(quantileOf(reference, 0.005), quantileOf(current, 0.005))
  const high = Math.max(quantileOf(reference, 0.995), quantileOf(current, 0.995))
  const width = (high - low) / bars
  const count = width > 0 && Number.isFinite(width) ? bars : 1
  const bins = Array.from({ length: count }, (_, i) => low + (count > 1 ? i * width : 0))
  const fill = (values: Float64Array) => {
    const counts = new Array<number>(count).fill(0)
    for (const value of values) {
      const bin = count > 1 ? Math.min(count - 1, Math.max(0, Math.floor((value - low) / width))) : 0
      counts[bin] = (counts[bin] as number) + 1
    }
    return counts
  }
  return { bins, reference: fill(reference), current: fill(current), unit: 'numeric' }
}
