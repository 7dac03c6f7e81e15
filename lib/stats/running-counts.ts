/**
 * Counts by bin whose running sums are a few reads away: sums of all but the latest few hundred values, and of these a tally in bytes, four to a number, whose running
 * sums are one multiplication each. No loop and no branch depend on the data. Plain typed arrays survive a structured clone.
 */
export interface RunningCounts {
  /** `below[b]`: counts of the bins before b, without the late ones. */
  below: Int32Array
  late: Int32Array
}

/** At most so many bins. */
const mostBins = 64
/** Numbers of a tally: a byte for every sixteen bins, for every four, for each. */
export const tallySize = mostBins / 64 + mostBins / 16 + mostBins / 4
const fours = 1
const each = 5
/** The largest byte. */
const full = 255
/** Multiplied by it, a byte is the sum of itself and those before. */
const ones = 0x01010101

export function runningCounts(counts: ArrayLike<number>): RunningCounts {
  const below = new Int32Array(counts.length + 1)
  for (let b = 0; b < counts.length; b++) below[b + 1] = (below[b] as number) + (counts[b] as number)
  return { below, late: new Int32Array(tallySize) }
}

/** Counts of all bins before `bin`, and `part` of its own count and `self` more. */
export function placeAmong({ below, late }: RunningCounts, bin: number, part: number, self: number): number {
  const from = below[bin] as number
  const own = (below[bin + 1] as number) - from
  return from + tallyBelow(late, 0, bin) + part * (own + tallyOf(late, 0, bin) + self)
}

export function addCount({ below, late }: RunningCounts, bin: number): void {
  if (tally(late, 0, bin)) foldTally(late, 0, below, 0, below.length)
}

/** Tallied values in the bins before `bin`; the tally stands at late[at …]. */
function tallyBelow(late: Int32Array, at: number, bin: number): number {
  const sixteens = Math.imul(late[at] as number, ones) << 8
  const four = Math.imul(late[at + fours + (bin >> 4)] as number, ones) << 8
  const one = Math.imul(late[at + each + (bin >> 2)] as number, ones) << 8
  const before = (sixteens >>> ((bin >> 4) << 3)) & full
  return before + ((four >>> ((bin & 12) << 1)) & full) + ((one >>> ((bin & 3) << 3)) & full)
}

function tallyOf(late: Int32Array, at: number, bin: number): number {
  return ((late[at + each + (bin >> 2)] as number) >>> ((bin & 3) << 3)) & full
}

/** @returns whether the tally is full: then it must be folded. */
function tally(late: Int32Array, at: number, bin: number): boolean {
  const four = at + fours + (bin >> 4)
  const one = at + each + (bin >> 2)
  const sixteens = (late[at] as number) + (1 << ((bin >> 4) << 3))
  late[at] = sixteens
  late[four] = (late[four] as number) + (1 << ((bin & 12) << 1))
  late[one] = (late[one] as number) + (1 << ((bin & 3) << 3))
  return Math.imul(sixteens, ones) >>> 24 === full
}

/** As `tallyBelow`, `tallyOf` and `tally` (and `foldTally`) of a value that comes: its place among the counts at below[from …] and late[at …], which it then enters. */
export function takePlace(
  below: Int32Array,
  from: number,
  sums: number,
  late: Int32Array,
  at: number,
  bin: number,
  part: number,
  self: number,
): number {
  const lower = below[from + bin] as number
  const own = (below[from + bin + 1] as number) - lower
  const inFour = at + fours + (bin >> 4)
  const inOne = at + each + (bin >> 2)
  const toSixteen = (bin >> 4) << 3
  const toFour = (bin & 12) << 1
  const toOne = (bin & 3) << 3
  const sixteens = late[at] as number
  const four = late[inFour] as number
  const one = late[inOne] as number
  const before =
    (((Math.imul(sixteens, ones) << 8) >>> toSixteen) & full) +
    (((Math.imul(four, ones) << 8) >>> toFour) & full) +
    (((Math.imul(one, ones) << 8) >>> toOne) & full)
  const place = lower + before + part * (own + ((one >>> toOne) & full) + self)
  const more = sixteens + (1 << toSixteen)
  late[at] = more
  late[inFour] = four + (1 << toFour)
  late[inOne] = one + (1 << toOne)
  if (Math.imul(more, ones) >>> 24 === full) foldTally(late, at, below, from, sums)
  return place
}

/** The tally enters the running sums at below[from …], of which there are `sums`, and is empty. */
function foldTally(late: Int32Array, at: number, below: Int32Array, from: number, sums: number): void {
  let sum = 0
  for (let b = 1; b < sums; b++) {
    sum += tallyOf(late, at, b - 1)
    below[from + b] = (below[from + b] as number) + sum
  }
  late.fill(0, at, at + tallySize)
}
