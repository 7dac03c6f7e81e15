import { learnedSize } from '@/lib/evidence/learned-bets'
import { rankBins } from '@/lib/evidence/rank-bets'
import { betsOfMixture, rankMixtures } from '@/lib/evidence/rank-mixture'
import { mostBehind } from '@/lib/evidence/rank-rows'
import { type GridBook, startGridBook } from '@/lib/stats/edge-grid'
import { tallySize } from '@/lib/stats/running-counts'

/**
 * Units whose rows are all alike, side by side: what each of them reads and writes at every row stands here, in flat arrays, a stretch of each a unit. As
 * objects within objects twenty features would touch a thousand lines of memory a row, more than the fastest cache holds. What is
 * seldom read stays in the unit; what stands here is stale there until it is `handBack`ed.
 */
export interface NumericBook {
  /** By unit: `places`. */
  place: Uint8Array
  grids: GridBook
  /** Of its counts (stats/running-counts). */
  below: Int32Array
  late: Int32Array
  /** `countsOf` and `stretch` a unit: what the constants below name. */
  counts: Int32Array
  numbers: Float64Array
  /** Ranks of the rows that wait, as bytes, `mostBehind` a unit. */
  behind: Uint8Array
}

/** A unit that is not here; one whose values are ranked as they come; one whose values are seen through scores or a recursion. */
export const places = { out: 0, plain: 1, viewed: 2 } as const

/** A unit has at most 61 bins (quantile-edges). */
export const binsAt = 64

/** Counts of all rows, of the lowest and the highest bin; 1 where a value counts in its own bin; the highest bin; rows of the baseline; updates of the evidence; rows that its bets are behind by. */
export const rowsIn = 0
export const lowestIn = 1
export const highestIn = 2
export const selfIn = 3
export const lastBin = 4
export const sizeOf = 5
export const updatesIn = 6
export const behindBy = 7
export const countsOf = 8

/** Mass of the evidence; what ΣM can have come to at most; the first row that waits; M; learned bets. */
export const massIn = 0
export const mostM = 1
export const firstRow = 2
/** Of each row that waits, side by side: its mass, the shares of the tails, and the value where it is not remembered yet. */
export const firstWaiting = 8
export const apart = 4
export const massOf = 0
export const lowOf = 1
export const highOf = 2
export const seenOf = 3
/** By rank bin: what a bet on the next row pays at most (`boundLearned`). */
export const firstMost = firstWaiting + apart * mostBehind
export const firstM = firstMost + rankBins
export const mixture = rankMixtures.both
export const firstLearned = firstM + betsOfMixture(mixture)
export const stretch = firstLearned + learnedSize

export const startNumericBook = (units: number): NumericBook => ({
  place: new Uint8Array(units),
  grids: startGridBook(units),
  below: new Int32Array(units * binsAt),
  late: new Int32Array(units * tallySize),
  counts: new Int32Array(units * countsOf),
  numbers: new Float64Array(units * stretch),
  behind: new Uint8Array(units * mostBehind),
})
