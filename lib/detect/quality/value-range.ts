/**
 * Which numbers no one would believe in a column: farther beyond the baseline's extremes than those are apart; far below zero where nothing was ever
 * below; or one and the same value again and again, well outside (a sentinel: −1, −999, 1e9).
 *
 * A shift of the column by a few standard deviations flags nothing, nor does a series that wanders off step by step: that is drift, judged elsewhere.
 */
export interface ValueRange {
  low: number
  high: number
  /** Beyond these nothing is believed. */
  farLow: number
  farHigh: number
  /** Beyond these a value that repeats is a sentinel. */
  outLow: number
  outHigh: number
  /** The latest value beyond them. */
  latest: number
  /** How many values came between the extremes and these of late: a series that wanders passes there. Decayed. */
  near: number
  nearRow: number
}

const nearRows = 300
const gapShare = 0.1

export const startRange = (): ValueRange => ({
  low: Number.NEGATIVE_INFINITY,
  high: Number.POSITIVE_INFINITY,
  farLow: Number.NEGATIVE_INFINITY,
  farHigh: Number.POSITIVE_INFINITY,
  outLow: Number.NEGATIVE_INFINITY,
  outHigh: Number.POSITIVE_INFINITY,
  latest: Number.NaN,
  near: 0,
  nearRow: 0,
})

export function rangeOf(values: readonly number[]): ValueRange {
  const sorted = Float64Array.from(values).sort()
  const low = sorted[0] as number
  const high = sorted[sorted.length - 1] as number
  const span = high - low
  const range = { ...startRange(), low, high }
  if (!Number.isFinite(span)) return range
  range.farLow = low - span
  range.farHigh = high + span
  range.outLow = low - gapShare * span
  range.outHigh = high + gapShare * span
  if (low >= 0) {
    range.outLow = Math.min(0, low)
    range.farLow = Math.max(range.farLow, -(sorted[Math.floor(0.9 * sorted.length)] as number))
  }
  return range
}

/** Is the value one of those? Remembers it. Quick where it lies within the baseline's extremes. */
export function beyondBelief(range: ValueRange, value: number, row: number): 0 | 1 {
  if (value >= range.low && value <= range.high) return 0
  if (value >= range.outLow && value <= range.outHigh) {
    range.near = recentNear(range, row) + 1
    range.nearRow = row
    return 0
  }
  const again = value === range.latest
  range.latest = value
  return again || value < range.farLow || value > range.farHigh ? 1 : 0
}

export const recentNear = (range: ValueRange, row: number): number =>
  range.near * Math.exp(-(row - range.nearRow) / nearRows)
