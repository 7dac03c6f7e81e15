import { highAt, lowAt, massAt, type Stake, sumAt } from '@/lib/evidence/stake'

/**
 * Bets that more values lie in an extreme region than its share w: e = θ/w for a hit, (1 − θ)/(1 − w) for a miss, so the expectation is exactly 1
 * when the region has probability w given the past. The region is fixed (the outermost bins of the baseline) and w is its count so far, the value
 * itself included: what a finite baseline cannot know about its own tail is in w, which grows with every hit. Ranks alone would saturate instead.
 * Source: Vovk 2021, Testing randomness online; the predictive share of a Dirichlet process.
 */
export interface TailBet {
  /** `lowest`, `highest`, or their sum for both. */
  readonly where: number
  readonly share: number
}

/** Where a value fell: bits, so that a bet on both tails is hit by either. */
export const middle = 0
export const lowest = 1
export const highest = 2
const both = lowest + highest

export const tailBets: { readonly both: readonly TailBet[]; readonly up: readonly TailBet[] } = {
  both: [
    { where: lowest, share: 0.01 },
    { where: highest, share: 0.01 },
    { where: both, share: 0.014 },
    { where: both, share: 0.2 },
  ],
  up: [
    { where: highest, share: 0.01 },
    { where: highest, share: 0.03 },
  ],
}

/** Finer shares, for the likelihood of a split and not for money. */
export const tailPlaces: readonly TailBet[] = [
  { where: lowest, share: 0.01 },
  { where: lowest, share: 0.03 },
  { where: highest, share: 0.01 },
  { where: highest, share: 0.03 },
  { where: highest, share: 0.1 },
  { where: both, share: 0.014 },
  { where: both, share: 0.06 },
]

export const isHit = (bet: TailBet, where: number): boolean => (bet.where & where) !== 0

export const regionShare = (bet: TailBet, low: number, high: number): number =>
  bet.where === both ? low + high : bet.where === lowest ? low : high

/** A region that already has the share betted on, or more, pays nothing and costs nothing. */
export function tailBet(bet: TailBet, where: number, low: number, high: number): number {
  const w = regionShare(bet, low, high)
  if (w >= bet.share) return 1
  return (bet.where & where) !== 0 ? bet.share / w : (1 - bet.share) / (1 - w)
}

/** M ← e·(M + mass) for the bets at m[at …], each with its part of the mass, `parts[own …]`. Mass, the regions' shares and the sum, which grows: `stake`. */
export function wagerTails(
  bets: readonly TailBet[],
  where: number,
  m: Float64Array,
  at: number,
  parts: Float64Array,
  own: number,
  stake: Stake,
): void {
  const mass = stake[massAt] as number
  const low = stake[lowAt] as number
  const high = stake[highAt] as number
  let total = 0
  for (let b = 0; b < bets.length; b++) {
    // As `tailBet`.
    const bet = bets[b] as TailBet
    const { share } = bet
    const w = bet.where === both ? low + high : bet.where === lowest ? low : high
    const e = w >= share ? 1 : (bet.where & where) !== 0 ? share / w : (1 - share) / (1 - w)
    const after = e * ((m[at + b] as number) + mass * (parts[own + b] as number))
    m[at + b] = after
    total += after
  }
  stake[sumAt] = (stake[sumAt] as number) + total
}

/**
 * As `wagerTails` of some rows in turn, the same numbers bit by bit.
 * @param ranks a byte a row, at ranks[first …]: where it fell in its bits from the sixth on. @param numbers masses at numbers[mass …], shares of the
 * regions at numbers[low …] and numbers[high …], each `apart` from the next.
 */
export function wagerTailRows(
  bets: readonly TailBet[],
  m: Float64Array,
  at: number,
  parts: Float64Array,
  own: number,
  ranks: Uint8Array,
  first: number,
  numbers: Float64Array,
  mass: number,
  low: number,
  high: number,
  apart: number,
  count: number,
): void {
  for (let b = 0; b < bets.length; b++) {
    const { share, where } = bets[b] as TailBet
    const part = parts[own + b] as number
    let after = m[at + b] as number
    for (let j = 0; j < count; j++) {
      const w =
        where === both
          ? (numbers[low + apart * j] as number) + (numbers[high + apart * j] as number)
          : (numbers[(where === lowest ? low : high) + apart * j] as number)
      const hit = (where & ((ranks[first + j] as number) >> 5)) !== 0
      const e = w >= share ? 1 : hit ? share / w : (1 - share) / (1 - w)
      after = e * (after + (numbers[mass + apart * j] as number) * part)
    }
    m[at + b] = after
  }
}

/** No bet pays more on a value that fell into a tail. */
export function mostOnTail(bets: readonly TailBet[], where: number, low: number, high: number): number {
  let most = 1
  for (const bet of bets) most = Math.max(most, tailBet(bet, where, low, high))
  return most
}
