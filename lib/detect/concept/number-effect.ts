import { labelledRows } from '@/lib/detect/concept/like-rows'
import type { NumberFamily, NumberUnitName } from '@/lib/detect/concept/number-family'
import { residualAt } from '@/lib/detect/concept/open-predictions'
import type { ConceptState } from '@/lib/detect/concept/state'
import { recentRows } from '@/lib/detect/drift/numeric/unit'
import { brief, percent } from '@/lib/detect/drift/words'
import { quantileOf } from '@/lib/stats/quantile-edges'

/**
 * How much residuals or labels changed, in numbers and words.
 */

export function sizesOf(state: ConceptState, name: NumberUnitName, onset: number): Float64Array {
  const { open } = state
  const values = labelledRows(open, recentRows)
    .filter((n) => n >= onset)
    .map((n) => {
      const place = n % open.capacity
      if (name === 'label') return open.labelValue[place] as number
      const residual = residualAt(open, place)
      return name === 'residual' ? residual : Math.abs(residual)
    })
    .filter(Number.isFinite)
  return Float64Array.from(values).sort()
}
export const referenceOf = (family: NumberFamily, name: NumberUnitName): Float64Array =>
  name === 'label' ? family.label.reference : name === 'residual' ? family.residual.reference : family.size.reference
/** Of sizes: growth of the median, or of the 95 % quantile. Of signed values: shift of the median in interquartile ranges, or growth of that range. */
export function growth(before: Float64Array, now: Float64Array): number {
  const q = (values: Float64Array, p: number) => quantileOf(values, p)
  const signed = (before[0] ?? 0) < 0 || (now[0] ?? 0) < 0
  const range = q(before, 0.75) - q(before, 0.25)
  const parts = signed
    ? [Math.abs(q(now, 0.5) - q(before, 0.5)) / range, Math.abs((q(now, 0.75) - q(now, 0.25)) / range - 1)]
    : [q(now, 0.5) / q(before, 0.5) - 1, q(now, 0.95) / q(before, 0.95) - 1, q(now, 0.99) / q(before, 0.99) - 1]
  return Math.max(0, ...parts.filter(Number.isFinite))
}
export function whyOf(name: NumberUnitName, before: Float64Array, now: Float64Array): string {
  const q = (values: Float64Array, p: number) => brief(quantileOf(values, p))
  const over = `over ${now.length} labels`
  if (name === 'label') return `labels moved ${over}: median ${q(before, 0.5)} → ${q(now, 0.5)}`
  if (name === 'residual')
    return `residuals moved ${over}: median ${q(before, 0.5)} → ${q(now, 0.5)}, ${percent(0.5)} within ${q(before, 0.25)} … ${q(before, 0.75)} → ${q(now, 0.25)} … ${q(now, 0.75)}`
  return `residuals grew ${over}: median ${q(before, 0.5)} → ${q(now, 0.5)}, 95 % below ${q(before, 0.95)} → ${q(now, 0.95)}, the largest ${q(before, 1)} → ${q(now, 1)}`
}
