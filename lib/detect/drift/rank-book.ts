import { rankBin, rankBins } from '@/lib/evidence/rank-bets'
import { reportEvidence } from '@/lib/evidence/report'
import { massAt, startStake, sumAt, uniformAt } from '@/lib/evidence/stake'

/**
 * Many light units side by side: each ranks its values among its own growing counts by bin, and bets on the rank by a fixed table. Lighter than a
 * `NumericUnit` (no learned and no tail bets), for there are as many as pairs of features, or as segments times features.
 *
 * All in flat arrays, a stretch of each a unit: two hundred units of objects within objects would miss the cache a dozen times each.
 */
export interface RankBook {
  bets: number
  /** Counts of the bins before b, without the fresh ones, at `unit·places + b`. */
  below: Int32Array
  /** The latest bins, not folded in yet: at most `mostFresh` a unit. */
  fresh: Uint8Array
  freshCount: Uint8Array
  total: Int32Array
  /** Evidence of each bet, in false incidents, and what went into it since the unit was armed. */
  m: Float64Array
  mass: Float64Array
  updates: Int32Array
}

/** A unit has at most 63 bins (quantile-edges gives 61). */
const places = 64
const mostFresh = 16

export const startRankBook = (units: number, bets: number): RankBook => ({
  bets,
  below: new Int32Array(units * places),
  fresh: new Uint8Array(units * mostFresh),
  freshCount: new Uint8Array(units),
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
  book.fresh.fill(0, unit * mostFresh, (unit + 1) * mostFresh)
  book.freshCount[unit] = 0
  book.m.fill(0, unit * book.bets, (unit + 1) * book.bets)
  book.mass[unit] = 0
  book.updates[unit] = 0
}

/**
 * Takes the bin of a value. @returns ΣM; it alarms at 1.
 * @param table e-values of the bets side by side, by rank bin. @param u uniform and its own for this value.
 */
export function watchRank(
  book: RankBook,
  unit: number,
  table: Float64Array,
  bin: number,
  mass: number,
  u: number,
): number {
  dealt[massAt] = mass
  dealt[uniformAt] = u
  watchNextRank(book, unit, table, bin)
  return dealt[sumAt] as number
}

/** Mass and u of the next `watchNextRank`, and its ΣM: as arguments each would be put into a box of its own. */
export const dealt = startStake()

/** As `watchRank`, of what stands in `dealt`. @returns whether it alarms. */
export function watchNextRank(book: RankBook, unit: number, table: Float64Array, bin: number): boolean {
  const mass = dealt[massAt] as number
  const u = dealt[uniformAt] as number
  const { below, fresh, freshCount, total, m, bets } = book
  const at = unit * places + bin
  let lower = below[at] as number
  let own = (below[at + 1] as number) - lower
  const first = unit * mostFresh
  const end = first + (freshCount[unit] as number)
  for (let i = first; i < end; i++) {
    const apart = (fresh[i] as number) - bin
    lower += apart >>> 31
    own += +(apart === 0)
  }
  const all = (total[unit] as number) + 1
  let row = rankBin((lower + u * (own + 1)) / all) * bets
  fresh[end] = bin
  total[unit] = all
  if (end + 1 === first + mostFresh) fold(book, unit)
  else freshCount[unit] = end + 1 - first
  book.mass[unit] = (book.mass[unit] as number) + mass
  book.updates[unit] = (book.updates[unit] as number) + 1
  const each = mass / bets
  let sum = 0
  for (let b = unit * bets, last = b + bets; b < last; b++, row++) {
    const after = (table[row] as number) * ((m[b] as number) + each)
    m[b] = after
    sum += after
  }
  dealt[sumAt] = sum
  return sum >= 1
}

/** The fresh bins of a unit enter its counts. */
function fold({ below, fresh, freshCount }: RankBook, unit: number): void {
  const from = unit * places
  const first = unit * mostFresh
  folded.fill(0)
  for (let i = first; i < first + mostFresh; i++) {
    const next = (fresh[i] as number) + 1
    folded[next] = (folded[next] as number) + 1
  }
  let sum = 0
  for (let b = 1; b < places; b++) {
    sum += folded[b] as number
    below[from + b] = (below[from + b] as number) + sum
  }
  freshCount[unit] = 0
}
const folded = new Int32Array(places)

/** Evidence of a unit as people read it. */
export function reportRanks(book: RankBook, unit: number): { logE: number; threshold: number; n: number } {
  const m = book.m.slice(unit * book.bets, (unit + 1) * book.bets)
  const evidence = { m, mass: book.mass[unit] as number, updates: book.updates[unit] as number }
  return { ...reportEvidence(evidence), n: evidence.updates }
}

/** Bets that a table of e-values holds. */
export const betsOf = (table: Float64Array): number => table.length / rankBins
