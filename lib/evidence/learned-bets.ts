import { rankBins, rankWidths } from '@/lib/evidence/rank-bets'

/**
 * Bets learned from recent ranks: an exponentially weighted histogram, started at and shrunk to uniform; e = q(bin)/width(bin), then q learns.
 * Four rates: what is new and strong, and what is old and weak. Decay is lazy: q_k = a·r_k + b·width_k, so one update touches one r.
 */
export interface LearnedBets {
  a: Float64Array
  b: Float64Array
  r: Float64Array
}

export const learnedRates: readonly number[] = [1 / 50, 1 / 200, 1 / 1000, 1 / 4000]
const shrink = 0.02
const bets = learnedRates.length

export function startLearnedBets(): LearnedBets {
  return { a: new Float64Array(bets).fill(1), b: new Float64Array(bets).fill(1), r: new Float64Array(bets * rankBins) }
}

/** The e-value of bet g for a rank in bin k; then it learns the rank. */
export function learnedBet(state: LearnedBets, g: number, k: number): number {
  const rate = learnedRates[g] as number
  const width = rankWidths[k] as number
  const a = state.a[g] as number
  const b = state.b[g] as number
  const at = g * rankBins + k
  const e = (a * (state.r[at] as number)) / width + b
  const keep = (1 - shrink * rate) * (1 - rate)
  const decayed = a * keep
  state.a[g] = decayed
  state.b[g] = b * keep + shrink * rate
  state.r[at] = (state.r[at] as number) + (rate * (1 - shrink * rate)) / decayed
  if (decayed < 1e-100) rescale(state, g)
  return e
}

/** q of bet g by bin. */
export function learnedShares(state: LearnedBets, g: number): Float64Array {
  return rankWidths.map(
    (width, k) => (state.a[g] as number) * (state.r[g * rankBins + k] as number) + (state.b[g] as number) * width,
  )
}

function rescale(state: LearnedBets, g: number): void {
  const a = state.a[g] as number
  for (let k = 0; k < rankBins; k++) state.r[g * rankBins + k] = (state.r[g * rankBins + k] as number) * a
  state.a[g] = 1
}
