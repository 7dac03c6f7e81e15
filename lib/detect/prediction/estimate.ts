import { noClass, type OpenPredictions } from '@/lib/detect/concept/open-predictions'
import type { Performance } from '@/lib/detect/prediction/performance'

/** What screens show: error as a share of predictions, or the mean |residual|; with 95 % intervals. */
export interface Estimate {
  readonly estimated: number
  readonly low: number
  readonly high: number
  readonly baseline: number
  /** From labels: absent before any came. */
  readonly realised?: { readonly value: number; readonly low: number; readonly high: number; readonly n: number }
  readonly unit: 'error-rate' | 'mean-absolute-error'
  readonly calibrated: boolean
}
/** The estimate over the latest rows. The interval is of sampling: the rows' own chance of being wrong, and which rows came. */
export function estimateOf(p: Performance): Estimate | null {
  const { expected, realised } = p
  if (expected.n < 50) return null
  const numbers = p.tree !== null
  const rows = 2 * expected.n
  const noise = numbers ? expected.variance : expected.variance + expected.mean * (1 - expected.mean)
  const half = 1.96 * Math.sqrt(noise / rows)
  const cap = numbers ? Number.POSITIVE_INFINITY : 1
  const within = (mean: number, by: number) => ({ low: Math.max(0, mean - by), high: Math.min(cap, mean + by) })
  const own = 1.96 * Math.sqrt(realised.variance / (2 * Math.max(1, realised.n)))
  return {
    estimated: expected.mean,
    ...within(expected.mean, half),
    baseline: p.baseline,
    ...(realised.n >= 50 ? { realised: { value: realised.mean, ...within(realised.mean, own), n: realised.n } } : {}),
    unit: numbers ? 'mean-absolute-error' : 'error-rate',
    calibrated: p.calibrated,
  }
}
/** Of the rows from a prediction on, how many have their label. */
export function labelledShare(open: OpenPredictions, from: number): number {
  let labelled = 0
  let rows = 0
  for (let n = Math.max(from, open.next - open.capacity, 0); n < open.next; n++) {
    rows++
    if (open.label[n % open.capacity] !== noClass) labelled++
  }
  return rows > 0 ? labelled / rows : 0
}
