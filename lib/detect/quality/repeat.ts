import { type Latest, moveBefore } from '@/lib/detect/quality/latest'

/**
 * A number that comes again unchanged although it had been moving: equal to the last one, of all rows or of the row's segment, where the move before
 * was large against the column's resolution. A series that creeps along at its last digit repeats by nature and is not flagged.
 */
export interface RepeatMemory {
  /** Least move that counts, in the column's unit. */
  least: number
  /** The two lowest and the two highest numbers ever seen, outermost first. */
  low: [number, number]
  high: [number, number]
}

const steps = 50

/** @param values of the baseline, whose least difference is the column's resolution. */
export function startRepeat(values: readonly number[]): RepeatMemory {
  const sorted = Float64Array.from(new Set(values)).sort()
  let resolution = Number.POSITIVE_INFINITY
  for (let i = 1; i < sorted.length; i++)
    resolution = Math.min(resolution, (sorted[i] as number) - (sorted[i - 1] as number))
  return {
    least: steps * resolution,
    low: [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
    high: [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY],
  }
}

/** No wider gap than this part of the column's span lies between a bound and the values that run up to it. */
const closeShare = 0.02

/** Is it a bound that the column runs up against: the lowest or highest of all, with others close by? A default that is filled in lies apart. */
export function isBound({ low, high }: RepeatMemory, value: number): boolean {
  const close = closeShare * (high[0] - low[0])
  return (value === low[0] && low[1] - low[0] <= close) || (value === high[0] && high[0] - high[1] <= close)
}

/** Values that must lie on a coarser grid, and be different, for it to be one. */
const fewestOnGrid = 3

/** The power of ten that all of these numbers are multiples of, where it is much coarser than the digits of the baseline; else 0. */
export function coarserStep({ least }: RepeatMemory, values: readonly number[]): number {
  if (new Set(values).size < fewestOnGrid) return 0
  for (let power = 3; 10 ** power >= least && power >= -9; power--) {
    const step = 10 ** power
    if (values.every((value) => Math.abs(value / step - Math.round(value / step)) < 1e-6)) return step
  }
  return 0
}

/** Does a number of a column repeat? Remembers it. */
export function repeats(memory: RepeatMemory, latest: Latest, slot: number, value: number, segment: number): 0 | 1 {
  const { low, high, least } = memory
  if (value < low[1] && value !== low[0]) noteLow(low, value)
  if (value > high[1] && value !== high[0]) noteHigh(high, value)
  return moveBefore(latest, slot, value, segment) >= least ? 1 : 0
}

function noteLow(low: [number, number], value: number): void {
  low[1] = Math.max(value, low[0])
  low[0] = Math.min(low[0], value)
}

function noteHigh(high: [number, number], value: number): void {
  high[1] = Math.min(value, high[0])
  high[0] = Math.max(high[0], value)
}
