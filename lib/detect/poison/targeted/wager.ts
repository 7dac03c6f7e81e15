import { betsEach, type Cells, sureBins, touchedOf } from './cells'
import { find } from './table'

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

const missLog = stakes.map((stake) => nerve.map((part) => Math.log(1 - stake * part)))

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
  const place = find(cells.places, cells.placeKey[cell] as number)
  const bound = honestBound(p, Math.max(careless, cells.borne[cell] as number))
  let total = 0
  let missed = 0
  for (let s = 0; s < betsEach; s++) {
    const logs = missLog[s] as number[]
    let log = 0
    for (let b = 0; b < sureBins; b++) {
      const touched = touchedOf(cells, place, cells.y[cell] as number, classes, b)
      // The row at hand is counted already, and is a hit.
      const misses = touched - (cells.seen[cell * sureBins + b] as number) - (b === bin ? 1 : 0)
      log += Math.max(0, misses) * (logs[b] as number)
    }
    if (s === datingBet) missed = log
    const stake = (stakes[s] as number) * (nerve[bin] as number)
    const at = cell * betsEach + s
    const m = (cells.m[at] as number) * Math.exp(log) + mass / betsEach
    cells.m[at] = Math.min(1e300, m * (1 - stake + stake / bound))
    total += cells.m[at] as number
  }
  for (let b = 0; b < sureBins; b++)
    cells.seen[cell * sureBins + b] = touchedOf(cells, place, cells.y[cell] as number, classes, b)
  const stake = (stakes[datingBet] as number) * (nerve[bin] as number)
  const before = (cells.gain[cell] as number) + missed
  if (before <= 0) {
    cells.onsetIndex[cell] = index
    cells.onsetTime[cell] = timeMs
  }
  cells.gain[cell] = Math.max(0, Math.max(0, before) + Math.log(1 - stake + stake / bound))
  cells.mass[cell] = (cells.mass[cell] as number) + mass
  cells.updates[cell] = (cells.updates[cell] as number) + 1
  return total
}

/** As lib/evidence/report.ts says it. */
export function reportCell(cells: Cells, cell: number): { logE: number; threshold: number } {
  const mean = (cells.mass[cell] as number) / Math.max(1, cells.updates[cell] as number)
  if (!(mean > 0)) return { logE: 0, threshold: 0 }
  let total = 0
  for (let s = 0; s < betsEach; s++) total += cells.m[cell * betsEach + s] as number
  return { logE: total > 0 ? Math.max(-50, Math.log(total / mean)) : -50, threshold: -Math.log(mean) }
}
