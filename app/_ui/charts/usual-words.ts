import type { UsualChange } from '@/lib/view/drift'
import { measure } from '../format'

/** Baseline standard deviations, with their sign. */
export const deviations = (value: number): string =>
  `${value > 0 ? '+' : value < 0 ? '−' : ''}${measure(Math.abs(value), 2)} σ`

/** What a feature that is never at rest did, beside what it usually does. */
export const usualWords = ({ rows, change, low, high }: UsualChange): string =>
  `changed ${deviations(change)} over ${rows} rows, usually ${deviations(low)} to ${deviations(high)}`
