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
  /** The latest number of a launch that was out of range, and the one before it: a jump is measured from that. */
  strange: number
  from: number
  /** How many values of late were outside but not beyond belief: a series that wanders passes there, one that moved as a whole stays. Decayed. */
  near: number
  nearRow: number
  /** Did values come in runs in the baseline (sessions)? Then one that comes again in its own run is no sentinel. */
  runs: boolean
}

const nearRows = 300
/** How many times the baseline's width a value must lie beyond it, and have jumped by. */
const farWidths = 3
const jumpWidths = 2
const gapShare = 0.1
/** And how many of the column's widest steps: the next count after the highest one yet seen is no sentinel. */
const gapSteps = 3
/** Share of values equal to the one before from which on they come in runs, where that many would not by chance. */
const leastRuns = 0.1

export const startRange = (): ValueRange => ({
  low: Number.NEGATIVE_INFINITY,
  high: Number.POSITIVE_INFINITY,
  farLow: Number.NEGATIVE_INFINITY,
  farHigh: Number.POSITIVE_INFINITY,
  outLow: Number.NEGATIVE_INFINITY,
  outHigh: Number.POSITIVE_INFINITY,
  latest: Number.NaN,
  strange: Number.NaN,
  from: Number.NaN,
  near: 0,
  nearRow: 0,
  runs: false,
})

/** @param seasonal what lies far off in one part of the cycle need not in another: then only sentinels are told. */
export function rangeOf(values: readonly number[], seasonal: boolean): ValueRange {
  const sorted = Float64Array.from(values).sort()
  const low = sorted[0] as number
  const high = sorted[sorted.length - 1] as number
  const span = high - low
  const range = { ...startRange(), low, high, runs: inRuns(values) }
  if (!Number.isFinite(span)) return range
  let step = 0
  for (let i = 1; i < sorted.length; i++) step = Math.max(step, (sorted[i] as number) - (sorted[i - 1] as number))
  const gap = Math.max(gapShare * span, gapSteps * step)
  range.outLow = low - gap
  range.outHigh = high + gap
  if (low >= 0) range.outLow = Math.min(0, low)
  if (seasonal) return range
  range.farLow = low - farWidths * span
  range.farHigh = high + farWidths * span
  if (low >= 0) range.farLow = -(sorted[Math.floor(0.9 * sorted.length)] as number)
  return range
}

function inRuns(values: readonly number[]): boolean {
  let adjacent = 0
  let apart = 0
  for (let i = 1; i < values.length; i++) {
    if (values[i] === values[i - 1]) adjacent++
    if (values[i] === values[(i * 7919) % values.length]) apart++
  }
  return adjacent - apart > leastRuns * values.length
}

/** How a value is beyond belief: not, by repeating outside, by lying far off. */
export const beyond = { not: 0, again: 1, far: 2 } as const

/** A number out of range of which nothing is asked, in place of `last`. */
export function passOver(range: ValueRange, value: number, last: number): void {
  if (last !== range.strange) range.from = last
  range.strange = value
}

/** Is the value one of those, after `last`? */
export function beyondBelief(range: ValueRange, value: number, last: number, row: number): 0 | 1 | 2 {
  const jump = Math.abs(value - (last === range.strange ? range.from : last))
  if (value >= range.low && value <= range.high) return beyond.not
  if (value < range.outLow || value > range.outHigh) {
    const again = value === range.latest && !(range.runs && value === last)
    range.latest = value
    // What was reached step by step is no jump.
    const leap = jump >= jumpWidths * (range.high - range.low)
    if ((value > range.farHigh && leap) || (value < range.farLow && (leap || range.low >= 0))) return beyond.far
    if (again) return beyond.again
  }
  range.near = recentNear(range, row) + 1
  range.nearRow = row
  return beyond.not
}

export const recentNear = (range: ValueRange, row: number): number =>
  range.near * Math.exp(-(row - range.nearRow) / nearRows)
