/**
 * Bets on the shares of codes (categories, or 0 and 1): the odds of one code multiplied, or a code that was rare risen to a stated share.
 * Each has expectation exactly 1 when the code is drawn with the shares `w`.
 * Source: recipes/drift.md §2.
 */
export interface ShareBet {
  readonly code: number
  readonly kind: 'odds' | 'share'
  readonly value: number
}

export const oddsBothWays = [0.4, 0.67, 1.5, 2.5]
const oddsUp = [1.3, 1.7, 2.5, 5]
export const novelShares = [0.01, 0.05, 0.3, 0.9]

/** Few categories: each code's odds either way; the last code, whatever is not in the code book, may also appear from nothing. */
export function categoryBets(codes: number): ShareBet[] {
  const bets: ShareBet[] = []
  if (codes <= 7) {
    for (let code = 0; code < (codes > 2 ? codes : 1); code++)
      for (const value of oddsBothWays) bets.push({ code, kind: 'odds', value })
  }
  for (const value of novelShares) bets.push({ code: codes - 1, kind: 'share', value })
  return bets
}

/** Errors: code 1 more often, never less. */
export const errorBets: readonly ShareBet[] = oddsUp.map((value) => ({ code: 1, kind: 'odds', value }))

/** The e-value of a bet when code k came and code `bet.code` had share w. */
export function shareBet(bet: ShareBet, k: number, w: number): number {
  const hit = k === bet.code
  if (bet.kind === 'odds') return (hit ? bet.value : 1) / (1 + w * (bet.value - 1))
  if (bet.value <= w) return 1
  return hit ? bet.value / w : (1 - bet.value) / (1 - w)
}
