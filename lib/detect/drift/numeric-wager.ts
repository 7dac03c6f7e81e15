import { type LearnedBets, learnedRates, wagerLearned } from '@/lib/evidence/learned-bets'
import { type RankSide, rankBins, rankTables } from '@/lib/evidence/rank-bets'
import { massAt, type Stake, sumAt } from '@/lib/evidence/stake'
import { tailBets, wagerTails } from '@/lib/evidence/tail-bets'

/** How a unit's mass is divided among its kinds of bets. */
const part = { fixed: 0.5, learned: 0.25, tail: 0.25 }

/** All bets of a unit on one rank. `stake`: all their mass, and the shares of the tails; then ΣM. */
export function wagerRank(
  side: RankSide,
  m: Float64Array,
  learned: LearnedBets,
  k: number,
  tail: number,
  stake: Stake,
): void {
  const { fixed } = rankTables[side]
  const bets = fixed.length / rankBins
  const tails = tailBets[side]
  const mass = stake[massAt] as number
  // M stays far from the limits of a number here: it is below 1 before, and no bet pays more than its share over the least region, or less than 1e-9.
  stake[massAt] = (mass * part.fixed) / bets
  wagerTable(fixed, k, bets, m, stake)
  let total = stake[sumAt] as number
  stake[massAt] = (mass * part.learned) / learnedRates.length
  wagerLearned(learned, k, m, bets, stake)
  total += stake[sumAt] as number
  stake[massAt] = (mass * part.tail) / tails.length
  wagerTails(tails, tail, m, bets + learnedRates.length, stake)
  stake[sumAt] = total + (stake[sumAt] as number)
}

/** M ← e·(M + mass) for the first bets, with row `k` of the table. Their sum comes in two halves, so that one addition need not wait for the other. */
function wagerTable(table: Float64Array, k: number, bets: number, m: Float64Array, stake: Stake): void {
  const mass = stake[massAt] as number
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
  stake[sumAt] = even + odd
}
