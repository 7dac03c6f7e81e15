import { rankBins, rankWidths } from '@/lib/evidence/rank-bets'
import { massAt, type Stake, startStake, sumAt } from '@/lib/evidence/stake'

/**
 * Bets learned from recent ranks: an exponentially weighted histogram, started at and shrunk to uniform; e = q(bin)/width(bin), then q learns.
 * Two rates: what is new and strong, and what is old and weak; faster and slower ones never came first. Decay is lazy: q_k/width_k = a·r_k + b, so one update touches one r.
 *
 * One flat array: a, 1/a and b by rate, then r by bin and rate.
 */
export type LearnedBets = Float64Array

export const learnedRates: readonly number[] = [1 / 50, 1 / 200, 1 / 1000]
const shrink = 0.02
const bets = learnedRates.length
const inverse = bets
const level = 2 * bets
const from = 3 * bets
/** a is brought back to 1 before r leaves the range of a number. */
const smallest = 1e-100

const keeps = Float64Array.from(learnedRates, (rate) => (1 - shrink * rate) * (1 - rate))
const grows = keeps.map((keep) => 1 / keep)
const shrinks = Float64Array.from(learnedRates, (rate) => shrink * rate)
/** What a rank in a bin adds to its r, by bin and rate, times 1/a before the decay. */
const gains = Float64Array.from({ length: rankBins * bets }, (_, at) => {
  const rate = learnedRates[at % bets] as number
  return (rate * (1 - shrink * rate) * (grows[at % bets] as number)) / (rankWidths[Math.floor(at / bets)] as number)
})

/** Numbers that they take. */
export const learnedSize = from + bets * rankBins

export function startLearnedBets(): LearnedBets {
  return new Float64Array(learnedSize).fill(1, 0, from)
}

/**
 * M ← e·(M + mass) for the bets at m[at …], each with its part of the mass, `parts[share …]`, for a rank in bin k; then they learn it. Mass and sum, which
 * grows: `stake`. @param own where these bets begin in `learned`.
 */
export function wagerLearned(
  learned: LearnedBets,
  own: number,
  k: number,
  m: Float64Array,
  at: number,
  parts: Float64Array,
  share: number,
  stake: Stake,
): void {
  const mass = stake[massAt] as number
  const first = own + from + k * bets
  let total = 0
  for (let g = 0; g < bets; g++) {
    const a = learned[own + g] as number
    const b = learned[own + level + g] as number
    const r = learned[first + g] as number
    const after = (a * r + b) * ((m[at + g] as number) + mass * (parts[share + g] as number))
    m[at + g] = after
    total += after
    const over = learned[own + inverse + g] as number
    learned[first + g] = r + (gains[k * bets + g] as number) * over
    learned[own + g] = a * (keeps[g] as number)
    learned[own + inverse + g] = over * (grows[g] as number)
    learned[own + level + g] = b * (keeps[g] as number) + (shrinks[g] as number)
  }
  // The first rate forgets fastest.
  if ((learned[own] as number) < smallest) rescale(learned, own)
  stake[sumAt] = (stake[sumAt] as number) + total
}

/**
 * As `wagerLearned` of some rows in turn, the same numbers bit by bit.
 * @param ranks a byte a row, at ranks[first …]: the bin in its low five bits. @param masses at masses[mass …], `apart` from one another.
 */
export function wagerLearnedRows(
  learned: LearnedBets,
  own: number,
  m: Float64Array,
  at: number,
  parts: Float64Array,
  share: number,
  ranks: Uint8Array,
  first: number,
  masses: Float64Array,
  mass: number,
  apart: number,
  count: number,
): void {
  if ((learned[own] as number) < 2 * smallest) {
    for (let j = 0; j < count; j++) {
      alone[massAt] = masses[mass + apart * j] as number
      wagerLearned(learned, own, (ranks[first + j] as number) & 31, m, at, parts, share, alone)
    }
    return
  }
  for (let g = 0; g < bets; g++) {
    const part = parts[share + g] as number
    const keep = keeps[g] as number
    const grow = grows[g] as number
    const shrunk = shrinks[g] as number
    let after = m[at + g] as number
    let a = learned[own + g] as number
    let b = learned[own + level + g] as number
    let over = learned[own + inverse + g] as number
    for (let j = 0; j < count; j++) {
      const bin = ((ranks[first + j] as number) & 31) * bets + g
      const place = own + from + bin
      const r = learned[place] as number
      after = (a * r + b) * (after + (masses[mass + apart * j] as number) * part)
      learned[place] = r + (gains[bin] as number) * over
      a *= keep
      over *= grow
      b = b * keep + shrunk
    }
    m[at + g] = after
    learned[own + g] = a
    learned[own + level + g] = b
    learned[own + inverse + g] = over
  }
  if ((learned[own] as number) < smallest) rescale(learned, own)
}
const alone = startStake()

/**
 * The most that a learned bet, or `paid`, pays on a rank by bin, into most[at …]: as long as no rank has come there, for what is learned elsewhere takes from it; each that
 * comes adds `mostLearned` at most.
 */
export function boundLearned(
  learned: LearnedBets,
  own: number,
  paid: Float64Array,
  most: Float64Array,
  at: number,
): void {
  most.set(paid, at)
  for (let g = 0; g < bets; g++) {
    const a = learned[own + g] as number
    const b = learned[own + level + g] as number
    for (let k = at, r = own + from + g; k < at + rankBins; k++, r += bets)
      most[k] = Math.max(most[k] as number, a * (learned[r] as number) + b)
  }
}
/** A row adds its rate at most to q of its bin. */
export const mostLearned = rankWidths.map((width) => Math.max(...learnedRates) / width)

/** q of bet g by bin. */
export function learnedShares(learned: LearnedBets, g: number): Float64Array {
  return rankWidths.map(
    (width, k) =>
      width * ((learned[g] as number) * (learned[from + k * bets + g] as number) + (learned[level + g] as number)),
  )
}

function rescale(learned: LearnedBets, own: number): void {
  for (let g = own; g < own + bets; g++) {
    const a = learned[g] as number
    for (let at = g + from; at < own + learnedSize; at += bets) learned[at] = (learned[at] as number) * a
    learned[g] = 1
    learned[g + inverse] = 1
  }
}
