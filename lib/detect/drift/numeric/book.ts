import type { Stratum } from '@/lib/detect/drift/level'
import type { NumericUnit } from '@/lib/detect/drift/numeric/state'
import { learnedRates, learnedSize, wagerLearnedRows } from '@/lib/evidence/learned-bets'
import { betsOfMixture, rankMixtures } from '@/lib/evidence/rank-mixture'
import { mostBehind, sumOfBets, wagerFixedRows } from '@/lib/evidence/rank-rows'
import { wagerTailRows } from '@/lib/evidence/tail-bets'
import { type GridBook, putGrid, startGridBook } from '@/lib/stats/edge-grid'
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

/** Mass of the evidence; what ΣM can have come to at most; of the rows that wait, their masses and the shares of the tails; M; learned bets. */
export const massIn = 0
export const mostM = 1
export const firstMass = 2
export const firstLow = firstMass + mostBehind
export const firstHigh = firstLow + mostBehind
export const firstM = firstHigh + mostBehind
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
  book.late.set(counts.late, i * tallySize)
  const { numbers } = book
  const at = i * stretch
  book.counts.set([total, low, high, level.self, grid.edges.length, level.size, evidence.updates, 0], i * countsOf)
  numbers[at + massIn] = evidence.mass
  numbers.set(evidence.m, at + firstM)
  numbers.set(unit.learned, at + firstLearned)
  numbers[at + mostM] = sumOfBets(mixture, numbers, at + firstM)
}

/** Brings the bets of a unit to the row at hand. @returns their ΣM. */
export function catchUp({ behind, counts, numbers }: NumericBook, i: number): number {
  const own = i * countsOf
  const at = i * stretch
  const count = counts[own + behindBy] as number
  const rows = (counts[own + sizeOf] as number) + (counts[own + updatesIn] as number) - count + 1
  const first = i * mostBehind
  const m = at + firstM
  const mass = at + firstMass
  const { shares, fixed, tails } = mixture
  wagerFixedRows(mixture, numbers, m, behind, first, numbers, mass, count, rows)
  wagerLearnedRows(numbers, at + firstLearned, numbers, m + fixed, shares, fixed, behind, first, numbers, mass, count)
  const tail = fixed + learnedRates.length
  wagerTailRows(
    tails,
    numbers,
    m + tail,
    shares,
    tail,
    behind,
    first,
    numbers,
    mass,
    at + firstLow,
    at + firstHigh,
    count,
  )
  let spent = numbers[at + massIn] as number
  for (let j = 0; j < count; j++) spent += numbers[mass + j] as number
  numbers[at + massIn] = spent
  counts[own + behindBy] = 0
  const sum = sumOfBets(mixture, numbers, m)
  numbers[at + mostM] = sum
  return sum
}

/** Writes what stands here into the unit, which may stay. */
export function handBack(book: NumericBook, i: number, unit: NumericUnit): void {
  if (book.place[i] === places.out) return
  catchUp(book, i)
  const { counts, numbers } = book
  const c = i * countsOf
  const at = i * stretch
  const own = unit.level?.strata[0] as Stratum
  own.counts.below.set(book.below.subarray(i * binsAt, i * binsAt + own.counts.below.length))
  own.counts.late.set(book.late.subarray(i * tallySize, (i + 1) * tallySize))
  own.total = counts[c + rowsIn] as number
  own.low = counts[c + lowestIn] as number
  own.high = counts[c + highestIn] as number
  unit.evidence.mass = numbers[at + massIn] as number
  unit.evidence.updates = counts[c + updatesIn] as number
  unit.evidence.m.set(numbers.subarray(at + firstM, at + firstLearned))
  unit.learned.set(numbers.subarray(at + firstLearned, at + stretch))
}

/** Evidence and learned bets of each unit as they are at the row at hand; changes nothing. */
export function peek(book: NumericBook, units: readonly NumericUnit[]): Pick<NumericUnit, 'evidence' | 'learned'>[] {
  const copy = structuredClone(book)
  return units.map(({ evidence, learned }, i) => {
    if (copy.place[i] === places.out) return { evidence, learned }
    const m = i * stretch + firstM
    catchUp(copy, i)
    return {
      evidence: {
        m: copy.numbers.slice(m, m + firstLearned - firstM),
        mass: copy.numbers[i * stretch + massIn] as number,
        updates: copy.counts[i * countsOf + updatesIn] as number,
      },
      learned: copy.numbers.slice(i * stretch + firstLearned, (i + 1) * stretch),
    }
  })
}

/** The unit goes on by itself. */
export function takeOut(book: NumericBook, i: number, unit: NumericUnit): void {
  handBack(book, i, unit)
  book.place[i] = places.out
}
