import { type LearnedBets, learnedRates, wagerLearned } from '@/lib/evidence/learned-bets'
import { type RankSide, rankBins, rankTables } from '@/lib/evidence/rank-bets'
import { tailBets, wagerTails } from '@/lib/evidence/tail-bets'

/** How a unit's mass is divided among its kinds of bets. */
const part = { fixed: 0.5, learned: 0.25, tail: 0.25 }

/** All bets of a unit on one rank. @returns their ΣM. */
export function wagerRank(
  side: RankSide,
  m: Float64Array,
  learned: LearnedBets,
  k: number,
  tail: number,
  low: number,
  high: number,
  mass: number,
): number {
  const { fixed } = rankTables[side]
  const bets = fixed.length / rankBins
  const tails = tailBets[side]
  // M stays far from the limits of a number here: it is below 1 before, and no bet pays more than its share over the least region, or less than 1e-9.
  return (
    wagerTable(fixed, k, bets, m, (mass * part.fixed) / bets) +
    wagerLearned(learned, k, m, bets, (mass * part.learned) / learnedRates.length) +
    wagerTails(tails, tail, low, high, m, bets + learnedRates.length, (mass * part.tail) / tails.length)
  )
}

/** M ← e·(M + mass) for the first bets, with row `k` of the table. @returns their sum, in two halves so that one addition need not wait for the other. */
function wagerTable(table: Float64Array, k: number, bets: number, m: Float64Array, mass: number): number {
  const row = k * bets
  let even = 0
  let odd = 0
  let b = 0
  for (; b < bets - 1; b += 2) {
    const first = (table[row + b] as number) * ((m[b] as number) + mass)
    const second = (table[row + b + 1] as number) * ((m[b + 1] as number) + mass)
    m[b] = first
    m[b + 1] = second
    even += first
    odd += second
  }
  if (b < bets) {
    const last = (table[row + b] as number) * ((m[b] as number) + mass)
    m[b] = last
    even += last
  }
  return even + odd
}
