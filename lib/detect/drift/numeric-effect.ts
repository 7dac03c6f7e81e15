import { shares } from '@/lib/detect/drift/return'
import { quantileOf } from '@/lib/stats/quantile-edges'

/** What moved in a numeric series, in the unit that says it best; chance differences at these sizes are taken off. */
export interface NumericEffect {
  what: 'location' | 'spread' | 'tails' | 'shape'
  /** location: reference standard deviations, signed; spread: ratio − 1; tails: share of rows beyond the reference's extremes; shape: total variation. */
  size: number
  unit: string
  /** Is it at least the practical bound of its unit? */
  matters: boolean
  /** Robust centre and spread of both sides. */
  centre: { reference: number; current: number }
  spread: { reference: number; current: number }
}

/** The least effect that is worth a page. */
export interface PracticalBounds {
  /** Reference standard deviations. */
  readonly location: number
  /** Ratio of spreads, minus 1. */
  readonly spread: number
  /** Share of rows beyond the reference's .2 % and 99.8 % quantiles. */
  readonly tails: number
  /** Total variation over twenty equal bins. */
  readonly shape: number
}

/** Both sorted, neither empty. */
export function numericEffect(reference: Float64Array, current: Float64Array, bounds: PracticalBounds): NumericEffect {
  const n = 1 / reference.length + 1 / current.length
  const spread = { reference: spreadOf(reference), current: spreadOf(current) }
  const median = { reference: quantileOf(reference, 0.5), current: quantileOf(current, 0.5) }
  // With few distinct values the median jumps by whole steps; the mean does not.
  const steps = new Set(reference).size < 50
  const centre = steps ? { reference: mean(reference), current: mean(current) } : median
  const size = (what: NumericEffect['what'], value: number, unit: string, matters: boolean): NumericEffect => ({
    what,
    size: value,
    unit,
    matters,
    centre,
    spread,
  })

  const shift = (centre.current - centre.reference) / spread.reference
  const chance = Math.sqrt(n)
  const moved = Math.sign(shift) * Math.max(0, Math.abs(shift) - chance)
  if (Math.abs(moved) >= bounds.location) return size('location', moved, 'baseline standard deviations', true)

  const ratio = Math.log(spread.current / spread.reference)
  const wider = Math.sign(ratio) * Math.max(0, Math.abs(ratio) - chance)
  if (Number.isFinite(wider) && Math.abs(Math.expm1(wider)) >= bounds.spread)
    return size('spread', Math.expm1(wider), 'change of the spread, as a share of the baseline spread', true)

  const low = quantileOf(reference, 0.002)
  const high = quantileOf(reference, 0.998)
  let outside = 0
  for (const value of current) if (value < low || value > high) outside++
  const excess = Math.max(0, outside / current.length - 0.004 - Math.sqrt(0.004 / current.length))
  if (excess >= bounds.tails) return size('tails', excess, "share of rows beyond the baseline's extremes", true)

  const edges = Float64Array.from(new Set(Array.from({ length: 19 }, (_, i) => quantileOf(reference, (i + 1) / 20))))
  const a = shares(edges, reference, 0)
  const b = shares(edges, current, 0)
  let apart = 0
  let byChance = 0
  for (let bin = 0; bin < a.length; bin++) {
    const p = a[bin] as number
    apart += Math.abs((b[bin] as number) - p) / 2
    byChance += Math.sqrt((p * (1 - p) * n) / (2 * Math.PI))
  }
  const corrected = Math.max(0, apart - byChance)
  return size('shape', corrected, 'share of rows in other bins than before', corrected >= bounds.shape)
}

/** A robust standard deviation: the middle 68 %, or the plain one where that is a single value. */
function spreadOf(sorted: Float64Array): number {
  const middle = (quantileOf(sorted, 0.8413) - quantileOf(sorted, 0.1587)) / 2
  if (middle > 0 && Number.isFinite(middle)) return middle
  const centre = mean(sorted)
  let sum = 0
  for (const value of sorted) sum += (value - centre) ** 2 / sorted.length
  return sum > 0 && Number.isFinite(sum) ? Math.sqrt(sum) : 1
}

function mean(values: Float64Array): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += ((values[i] as number) - sum) / (i + 1)
  return sum
}
