import { betsEach, type Cells, evidenceOf, nam, namesEach, num, numbersEach, sureBins } from './cells'
import { touchedOf } from './touched'

// Bound once: an import that is asked for in a hot loop costs as much as the loop.
const [bets, bins, numbers, names, rowsTouched] = [betsEach, sureBins, numbersEach, namesEach, touchedOf]
const { gain: gainAt, onsetIndex: onsetAt, onsetTime: timeAt, seen: seenAt, mass: massAt } = num
const { updates: updatesAt, borne: borneAt } = num
const { y: classAt } = nam

/**
 * The bets of a cell that its class is pushed there.
 *
 * Bet   e = 1 − ρ + ρ·[hit]/b, where b is the most that an honest row may hit: the learner's chance, tilted by up to .4 in log odds
 *       (the mix differs), then wrong at random in a share of the rows that its source is known to bear: E[e] ≤ 1. ρ is smaller where the learner is less sure,
 *       and depends on nothing but that and the bet, so that rows without a hit multiply M by the same factor and can be caught up with.
 * Mass  is taken in at hits alone: less than was granted, so the promise holds.
 */
const stakes = [0.15, 0.4, 0.85] as const
/** Part of the stake that is put down, by sureness. */
const nerve = [1, 0.9, 0.65] as const
const datingBet = 1
const odds = Math.exp(0.4)

/** The most that an honest source may hit, where the learner says `p`. */
export function honestBound(p: number, careless: number): number {
  const tilted = (p * odds) / (1 + p * (odds - 1))
  return Math.min(0.97, (1 - careless) * tilted + careless)
}

const missLog = Float64Array.from(stakes.flatMap((stake) => nerve.map((part) => Math.log(1 - stake * part))))
const touched = new Float64Array(sureBins)
const misses = new Float64Array(sureBins)

/** What a hit multiplies each bet by, and the logarithm of the dating one: of the row at hand, and of a cell that bears more. */
type Prices = Float64Array
const prices: Prices = new Float64Array(betsEach + 1)
const pricesOfCell: Prices = new Float64Array(betsEach + 1)

function price(to: Prices, bin: number, p: number, careless: number): void {
  const bound = honestBound(p, careless)
  for (let s = 0; s < bets; s++) {
    const stake = (stakes[s] as number) * (nerve[bin] as number)
    to[s] = 1 - stake + stake / bound
  }
  to[bets] = Math.log(to[datingBet] as number)
}

/** For the hits of the row at hand that come next. @param careless what is borne of whose they are. */
export const priceHits = (bin: number, p: number, careless: number): void => price(prices, bin, p, careless)

/**
 * Takes a hit in, after the rows without one since the last, at the prices set by `priceHits` for the same row.
 * @param place slot of the cell's place. @returns the cell's evidence; it suffices at 1.
 */
export function takeHit(
  cells: Cells,
  cell: number,
  place: number,
  classes: number,
  bin: number,
  p: number,
  careless: number,
  index: number,
  timeMs: number,
  mass: number,
): number {
  const n = cells.num
  const at = cell * numbers
  const borne = n[at + borneAt] as number
  if (borne > careless) price(pricesOfCell, bin, p, borne)
  const by = borne > careless ? pricesOfCell : prices
  rowsTouched(cells, place, cells.nam[cell * names + classAt] as number, classes, touched)
  for (let b = 0; b < bins; b++) {
    // The row at hand is counted already, and is a hit.
    misses[b] = Math.max(0, (touched[b] as number) - (n[at + seenAt + b] as number) - (b === bin ? 1 : 0))
    n[at + seenAt + b] = touched[b] as number
  }
  let total = 0
  let missed = 0
  for (let s = 0; s < bets; s++) {
    let log = 0
    for (let b = 0; b < bins; b++) log += (misses[b] as number) * (missLog[s * bins + b] as number)
    if (s === datingBet) missed = log
    const was = n[at + s] as number
    const before = (was > 0 ? was * Math.exp(log) : 0) + mass / bets
    const after = Math.min(1e300, before * (by[s] as number))
    n[at + s] = after
    total += after
  }
  const before = (n[at + gainAt] as number) + missed
  if (before <= 0) {
    n[at + onsetAt] = index
    n[at + timeAt] = timeMs
  }
  n[at + gainAt] = Math.max(0, Math.max(0, before) + (by[bets] as number))
  n[at + massAt] = (n[at + massAt] as number) + mass
  n[at + updatesAt] = (n[at + updatesAt] as number) + 1
  return total
}

/** As lib/evidence/report.ts says it. */
export function reportCell(cells: Cells, cell: number): { logE: number; threshold: number } {
  const at = cell * numbersEach
  const mean = (cells.num[at + massAt] as number) / Math.max(1, cells.num[at + updatesAt] as number)
  if (!(mean > 0)) return { logE: 0, threshold: 0 }
  const total = evidenceOf(cells, cell)
  return { logE: total > 0 ? Math.max(-50, Math.log(total / mean)) : -50, threshold: -Math.log(mean) }
}
