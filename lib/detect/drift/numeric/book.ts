import type { Stratum } from '@/lib/detect/drift/level'
import type { NumericUnit } from '@/lib/detect/drift/numeric/unit'
import { learnedSize } from '@/lib/evidence/learned-bets'
import { betsOfMixture, rankMixtures } from '@/lib/evidence/rank-mixture'
import { mostBehind, sumOfBets, wagerRanks } from '@/lib/evidence/rank-rows'
import { type GridBook, putGrid, startGridBook } from '@/lib/stats/edge-grid'

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
  fresh: Uint8Array
  freshCount: Uint8Array
  /** `stretch` a unit: what the constants below name, then M by bet, then learned bets. */
  numbers: Float64Array
  /** Bins of the ranks that fixed bets are behind by, `mostBehind` a unit. */
  behind: Uint8Array
}

/** A unit that is not here; one whose values are ranked as they come; one whose values are seen through scores or a recursion. */
export const places = { out: 0, plain: 1, viewed: 2 } as const

/** A unit has at most 61 bins (quantile-edges). */
export const binsAt = 64
export const mostFresh = 16

/** Counts: of all rows, of the lowest and the highest bin; 1 where a value counts in its own bin. Baseline rows, the highest bin. Evidence: mass, updates. */
export const rowsIn = 0
export const lowestIn = 1
export const highestIn = 2
export const selfIn = 3
export const sizeOf = 4
export const lastBin = 5
export const massIn = 6
export const updatesIn = 7
/** Rows that fixed bets are behind by; no more than this can their ΣM be by now; the masses of those rows. */
export const behindBy = 8
export const mostM = 9
export const firstMass = 10
export const firstM = firstMass + mostBehind
export const mixture = rankMixtures.both
export const firstLearned = firstM + betsOfMixture(mixture)
export const stretch = firstLearned + learnedSize

export const startNumericBook = (units: number): NumericBook => ({
  place: new Uint8Array(units),
  grids: startGridBook(units),
  below: new Int32Array(units * binsAt),
  fresh: new Uint8Array(units * mostFresh),
  freshCount: new Uint8Array(units),
  numbers: new Float64Array(units * stretch),
  behind: new Uint8Array(units * mostBehind),
})

/** Takes a unit in, if it is armed and its rows are all alike. */
export function takeIn(book: NumericBook, i: number, unit: NumericUnit): void {
  const { level, whitener, evidence } = unit
  if (unit.phase !== 'armed' || !level || unit.season || unit.stratified || unit.alternative) return
  if (unit.side !== 'both' || whitener.kind === 'block' || level.strata.length !== 1) return
  const { grid } = level
  const { counts, total, low, high } = level.strata[0] as Stratum
  book.place[i] = whitener.kind === 'raw' && !unit.scores ? places.plain : places.viewed
  putGrid(book.grids, i, grid)
  book.below.set(counts.below, i * binsAt)
  book.fresh.set(counts.fresh, i * mostFresh)
  book.freshCount[i] = counts.freshCount
  const { numbers } = book
  const at = i * stretch
  const last = grid.edges.length
  numbers.set([total, low, high, level.self, level.size, last, evidence.mass, evidence.updates], at)
  numbers.set(evidence.m, at + firstM)
  numbers.set(unit.learned, at + firstLearned)
  numbers[at + behindBy] = 0
  numbers[at + mostM] = sumOfBets(mixture, numbers, at + firstM, 0)
}

/** Brings the fixed bets of a unit to the row at hand. */
export function catchUp({ behind, numbers }: NumericBook, i: number): void {
  const at = i * stretch
  const count = numbers[at + behindBy] as number
  const rows = (numbers[at + sizeOf] as number) + (numbers[at + updatesIn] as number) - count + 1
  wagerRanks(mixture, numbers, at + firstM, behind, i * mostBehind, numbers, at + firstMass, count, rows)
  numbers[at + behindBy] = 0
  numbers[at + mostM] = sumOfBets(mixture, numbers, at + firstM, 0)
}

/** Writes what stands here into the unit, which may stay. */
export function handBack(book: NumericBook, i: number, unit: NumericUnit): void {
  if (book.place[i] === places.out) return
  catchUp(book, i)
  const { numbers } = book
  const at = i * stretch
  const own = unit.level?.strata[0] as Stratum
  own.counts.below.set(book.below.subarray(i * binsAt, i * binsAt + own.counts.below.length))
  own.counts.fresh.set(book.fresh.subarray(i * mostFresh, (i + 1) * mostFresh))
  own.counts.freshCount = book.freshCount[i] as number
  own.total = numbers[at + rowsIn] as number
  own.low = numbers[at + lowestIn] as number
  own.high = numbers[at + highestIn] as number
  unit.evidence.mass = numbers[at + massIn] as number
  unit.evidence.updates = numbers[at + updatesIn] as number
  unit.evidence.m.set(numbers.subarray(at + firstM, at + firstLearned))
  unit.learned.set(numbers.subarray(at + firstLearned, at + stretch))
}

/** The unit goes on by itself. */
export function takeOut(book: NumericBook, i: number, unit: NumericUnit): void {
  handBack(book, i, unit)
  book.place[i] = places.out
}
