import { rankBin, rankBins } from '@/lib/evidence/rank-bets'
import { reportEvidence } from '@/lib/evidence/report'
import { massAt, startStake, uniformAt } from '@/lib/evidence/stake'
import { takePlace, tallySize } from '@/lib/stats/running-counts'

/**
 * Many light units side by side: each ranks its values among its own growing counts by bin, and bets on the rank by a fixed table. Lighter than a
 * `NumericUnit` (no learned and no tail bets), for there are as many as pairs of features, or as segments times features.
 *
 * All in flat arrays, a stretch of each a unit: two hundred units of objects within objects would miss the cache a dozen times each.
 */
export interface RankBook {
  bets: number
  /** Counts of the bins before b, without the late ones, at `unit·places + b`. */
  below: Int32Array
  /** Those not folded in yet (stats/running-counts), `tallySize` a unit. */
  late: Int32Array
  total: Int32Array
  /** Evidence of each bet, in false incidents, and what went into it since the unit was armed. */
  m: Float64Array
  mass: Float64Array
  updates: Int32Array
}

/** A unit has at most 63 bins (quantile-edges gives 61). */
const places = 64

export const startRankBook = (units: number, bets: number): RankBook => ({
  bets,
  below: new Int32Array(units * places),
  late: new Int32Array(units * tallySize),
  total: new Int32Array(units),
  m: new Float64Array(units * bets),
  mass: new Float64Array(units),
  updates: new Int32Array(units),
})

/** Puts a level in force, given its counts by bin: the evidence starts anew. */
export function armRanks(book: RankBook, unit: number, counts: ArrayLike<number>): void {
  const from = unit * places
  let total = 0
  book.below.fill(0, from, from + places)
  for (let b = 0; b < counts.length; b++) {
    total += counts[b] as number
    book.below[from + b + 1] = total
  }
  book.total[unit] = total
  book.late.fill(0, unit * tallySize, (unit + 1) * tallySize)
  book.m.fill(0, unit * book.bets, (unit + 1) * book.bets)
  book.mass[unit] = 0
  book.updates[unit] = 0
}

/** Mass of the next `watchRank`, and a uniform number of its own: as arguments each would be put into a box of its own. */
export const dealt = startStake()
/** Below it no rounding hides an alarm. */
const sure = 0.99

/**
 * Takes the bin of a value, with what stands in `dealt`. @returns whether ΣM alarms.
 * @param table e-values of the bets side by side, by rank bin; an even number of bets.
 */
export function watchRank(book: RankBook, unit: number, table: Float64Array, bin: number): boolean {
  const mass = dealt[massAt] as number
  const u = dealt[uniformAt] as number
  const { below, late, total, m, bets } = book
  const all = (total[unit] as number) + 1
  let row = rankBin(takePlace(below, unit * places, places, late, unit * tallySize, bin, u, 1) / all) * bets
  total[unit] = all
  book.mass[unit] = (book.mass[unit] as number) + mass
  book.updates[unit] = (book.updates[unit] as number) + 1
  const each = mass / bets
  const first = unit * bets
  const last = first + bets
  let even = 0
  let odd = 0
  // Two sums, so that one addition need not wait for the other; near an alarm all are added up in order.
  for (let b = first; b < last; b += 2, row += 2) {
    const x = (table[row] as number) * ((m[b] as number) + each)
    const y = (table[row + 1] as number) * ((m[b + 1] as number) + each)
    m[b] = x
    m[b + 1] = y
    even += x
    odd += y
  }
  return even + odd > sure && sumOf(m, first, last) >= 1
}

function sumOf(m: Float64Array, first: number, last: number): number {
  let sum = 0
  for (let b = first; b < last; b++) sum += m[b] as number
  return sum
}

/** Evidence of a unit as people read it. */
export function reportRanks(book: RankBook, unit: number): { logE: number; threshold: number; n: number } {
  const m = book.m.slice(unit * book.bets, (unit + 1) * book.bets)
  const evidence = { m, mass: book.mass[unit] as number, updates: book.updates[unit] as number }
  return { ...reportEvidence(evidence), n: evidence.updates }
}

/** Bets that a table of e-values holds. */
export const betsOf = (table: Float64Array): number => table.length / rankBins
