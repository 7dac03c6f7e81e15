import { compact } from './format'

interface Evidence {
  readonly logE: number
  readonly threshold: number
}

const million = 1e6

/** M, the multiple of what the promise asks: it alarms at 1. `3.2`, `340`, `1.2k`; never more than `over 1M`. */
export function multiple({ logE, threshold }: Evidence): string {
  const m = Math.exp(Math.min(700, logE - threshold))
  if (!Number.isFinite(m)) return '–'
  if (m > million) return 'over 1M'
  return m < 9.95 ? m.toFixed(1) : compact(m)
}

/** Evidence of an alert in words: how far past the promise it went. */
export function multipleWords(evidence: Evidence): string {
  const m = multiple(evidence)
  return m === '1.0' ? 'just the evidence that the promise asks' : `${m} times the evidence that the promise asks`
}

/** What the height of a strip means, wherever it is explained. */
export const scaleWords = '100 % = alarm, 50 % = a tenth of its evidence'
