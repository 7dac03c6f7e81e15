import { betsEach, type Cells, evidenceOf, nam, namesEach, num, numbersEach, sureBins, touchedOf } from './cells'
import { find } from './table'

// Bound once: an import that is asked for in a hot loop costs as much as the loop.
const [bets, bins, findSlot, rowsTouched] = [betsEach, sureBins, find, touchedOf]
const { gain: gainAt, onsetIndex: onsetAt, onsetTime: timeAt, seen: seenAt, mass: massAt } = num
const { updates: updatesAt, borne: borneAt } = num
const { placeKey: placeAt, y: classAt } = nam

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

/** Takes a hit in, after the rows without one since the last. @returns the cell's evidence; it suffices at 1. */
export function takeHit(
  cells: Cells,
  cell: number,
  classes: number,
  bin: number,
  p: number,
  careless: number,
  index: number,
  timeMs: number,
  mass: number,
): number {
  const { num: n, nam: names } = cells
  const at = cell * numbersEach
  const place = findSlot(cells.places, names[cell * namesEach + placeAt] as number)
  const bound = honestBound(p, Math.max(careless, n[at + borneAt] as number))
  rowsTouched(cells, place, names[cell * namesEach + classAt] as number, classes, touched)
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
    const stake = (stakes[s] as number) * (nerve[bin] as number)
    const before = (n[at + s] as number) * Math.exp(log) + mass / bets
    const after = Math.min(1e300, before * (1 - stake + stake / bound))
    n[at + s] = after
    total += after
  }
  const stake = (stakes[datingBet] as number) * (nerve[bin] as number)
  const before = (n[at + gainAt] as number) + missed
  if (before <= 0) {
    n[at + onsetAt] = index
    n[at + timeAt] = timeMs
  }
  n[at + gainAt] = Math.max(0, Math.max(0, before) + Math.log(1 - stake + stake / bound))
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
