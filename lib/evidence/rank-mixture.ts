import { type LearnedBets, learnedRates, wagerLearned } from '@/lib/evidence/learned-bets'
import { agedBet, normalBet, type RankSide, rankBins } from '@/lib/evidence/rank-bets'
import { massAt, rowsAt, type Stake, sumAt } from '@/lib/evidence/stake'
import { type TailBet, tailBets, wagerTails } from '@/lib/evidence/tail-bets'

/**
 * All bets of a numeric unit on one rank: fixed ones on location and scale, learned ones, and some on the tails.
 *
 * Shares    bets on weak changes have most of the mass. A nat less costs a strong change a row or two and a weak one a hundred, and what is always
 *           seen late is what people wait for: a scale × 1.1 has seven times the mass of one × 1.25.
 * Ageing    the reference grows, so a change enters it, and what is new looks ever less so: a scale × 1.1 looks like 1.07 when two rows in seven are
 *           new. A weak bet therefore hands its evidence over, little by little, to the same change as it looks when `agedPart` of the
 *           reference is new. Where evidence is moved does not depend on the rank at hand, so the sum remains a supermartingale.
 */
export interface RankMixture {
  /** e-values of the fixed bets side by side, by rank bin: those that age, the same aged, the others. */
  readonly table: Float64Array
  readonly fixed: number
  readonly ageing: number
  /** Part of the mass of each bet, in order: fixed, learned, tails. Sums to 1. */
  readonly shares: Float64Array
  readonly tails: readonly TailBet[]
}

/** Part of the reference that is new, as aged bets see it. */
export const agedPart = 0.3

interface FixedBet {
  readonly mu: number
  readonly sigma: number
  readonly share: number
}

const either = (mu: number, share: number): FixedBet[] => [
  { mu, sigma: 1, share },
  { mu: -mu, sigma: 1, share },
]
const up = (mu: number, share: number): FixedBet => ({ mu, sigma: 1, share })
const scale = (sigma: number, share: number): FixedBet => ({ mu: 0, sigma, share })

/** `both`: location either way, scale. `up`: only towards larger values, for residuals. */
export const rankMixtures: Readonly<Record<RankSide, RankMixture>> = {
  both: mixture(
    [...either(0.1, 0.052), ...either(0.2, 0.062), scale(0.9, 0.088), scale(1.1, 0.145)],
    [
      ...either(0.4, 0.04),
      ...either(0.8, 0.016),
      ...either(1.6, 0.004),
      scale(0.5, 0.008),
      scale(0.75, 0.019),
      scale(1.25, 0.026),
    ],
    [0.029, 0.029, 0.028],
    tailBets.both,
    [0.085, 0.085, 0.09, 0.02],
  ),
  up: mixture(
    [up(0.1, 0.16), up(0.2, 0.17)],
    [up(0.4, 0.14), up(0.8, 0.09), up(1.6, 0.05)],
    [0.047, 0.047, 0.046],
    tailBets.up,
    [0.13, 0.12],
  ),
}

function mixture(
  ageing: readonly FixedBet[],
  others: readonly FixedBet[],
  learned: readonly number[],
  tails: readonly TailBet[],
  tailShares: readonly number[],
): RankMixture {
  const rows = [
    ...ageing.map(({ mu, sigma }) => normalBet(mu, sigma)),
    ...ageing.map(({ mu, sigma }) => agedBet(mu, sigma, agedPart)),
    ...others.map(({ mu, sigma }) => normalBet(mu, sigma)),
  ]
  const shares = [
    ...ageing.map(({ share }) => share),
    ...ageing.map(() => 0),
    ...others.map(({ share }) => share),
    ...learned,
    ...tailShares,
  ]
  return {
    table: Float64Array.from(
      { length: rankBins * rows.length },
      (_, at) => rows[at % rows.length]?.[Math.floor(at / rows.length)] as number,
    ),
    fixed: rows.length,
    ageing: ageing.length,
    shares: Float64Array.from(shares),
    tails,
  }
}

/** How many M a unit keeps. */
export const betsOfMixture = ({ fixed, tails }: RankMixture): number => fixed + learnedRates.length + tails.length

/**
 * M ← e·(M + mass) for all bets of a unit. `stake`: all their mass, the rows of the reference, and the shares of the tails; then ΣM.
 * @param k bin of the rank, `tail`: which tail it lies in. @param at where the unit begins in `m`, and `own` in `learned`.
 */
export function wagerRank(
  { table, fixed, ageing, shares, tails }: RankMixture,
  m: Float64Array,
  learned: LearnedBets,
  k: number,
  tail: number,
  stake: Stake,
  at = 0,
  own = 0,
): void {
  // M stays far from the limits of a number here: it is below 1 before, and no bet pays more than its share over the least region, or less than 1e-9.
  const mass = stake[massAt] as number
  const moving = 1 / (agedPart * (stake[rowsAt] as number))
  const row = k * fixed
  let young = 0
  let aged = 0
  let b = 0
  for (let i = at; b < ageing; b++, i++) {
    const before = m[i] as number
    const moved = before * moving
    const first = (table[row + b] as number) * (before - moved + mass * (shares[b] as number))
    const second = (table[row + ageing + b] as number) * ((m[i + ageing] as number) + moved)
    m[i] = first
    m[i + ageing] = second
    young += first
    aged += second
  }
  // Two sums, so that one addition need not wait for the other.
  for (b += ageing; b < fixed - 1; b += 2) {
    const i = at + b
    const first = (table[row + b] as number) * ((m[i] as number) + mass * (shares[b] as number))
    const second = (table[row + b + 1] as number) * ((m[i + 1] as number) + mass * (shares[b + 1] as number))
    m[i] = first
    m[i + 1] = second
    young += first
    aged += second
  }
  if (b < fixed) {
    const last = (table[row + b] as number) * ((m[at + b] as number) + mass * (shares[b] as number))
    m[at + b] = last
    young += last
  }
  stake[sumAt] = young + aged
  wagerLearned(learned, own, k, m, at + fixed, shares, fixed, stake)
  wagerTails(tails, tail, m, at + fixed + learnedRates.length, shares, fixed + learnedRates.length, stake)
}
