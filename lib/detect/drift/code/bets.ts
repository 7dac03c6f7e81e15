import { shareRates } from '@/lib/detect/drift/code/learned'
import { type LearnedCodes, wagerStrata } from '@/lib/detect/drift/code/strata'
import type { CodeUnit } from '@/lib/detect/drift/code/unit'
import { categoryBets, novelShares, oddsBothWays, type ShareBet, shareBet } from '@/lib/evidence/share-bets'

/** The mass of fixed bets and of learned ones. */
export const part = { fixed: 0.6, learned: 0.4 }

const tables: ShareBet[][] = []
export function betsOf(codes: number): readonly ShareBet[] {
  tables[codes] ??= categoryBets(codes)
  return tables[codes] as ShareBet[]
}

export const fixedBets = (codes: number): number => betsOf(codes).length

/** The code in whose share the conformal rank of `code` lies: the code itself or one close by. Shares in rows, half a row added to each. */
export function conformalCode(unit: CodeUnit, code: number, u: number): number {
  const { counts, codes, total } = unit
  let below = 0
  for (let c = 0; c < code; c++) below += counts[c] as number
  const p = (below + u * ((counts[code] as number) + 1)) / (total + 1)
  const rank = p * (total + 0.5 * codes)
  let k = code
  let from = below + 0.5 * code
  while (k > 0 && rank < from) from -= (counts[--k] as number) + 0.5
  let to = from + (counts[k] as number) + 0.5
  while (k < codes - 1 && rank >= to) to += (counts[++k] as number) + 0.5
  return k
}

/** The fixed bets of a unit (`categoryBets`, in their order) on code k, which share `mass`. @returns their ΣM. */
export function wagerFixed({ counts, codes, total, evidence }: CodeUnit, k: number, mass: number): number {
  const { m } = evidence
  const bets = fixedBets(codes)
  const own = mass / bets
  const each = 1 / (total + 0.5 * codes)
  const odds = bets - novelShares.length
  let sum = 0
  let w = 0
  let b = 0
  for (let code = 0; b < odds; code++) {
    w = ((counts[code] as number) + 0.5) * each
    for (let o = 0; o < oddsBothWays.length; o++, b++) {
      const value = oddsBothWays[o] as number
      const after = ((code === k ? value : 1) / (1 + w * (value - 1))) * ((m[b] as number) + own)
      m[b] = after
      sum += after
    }
  }
  const last = codes - 1
  w = ((counts[last] as number) + 0.5) * each
  const rest = 1 / (1 - w)
  for (let o = 0; o < novelShares.length; o++, b++) {
    const value = novelShares[o] as number
    const e = value <= w ? 1 : k === last ? value / w : (1 - value) * rest
    const after = e * ((m[b] as number) + own)
    m[b] = after
    sum += after
  }
  return sum
}

/** All bets on a code whose shares are its stratum's. @returns their ΣM. */
export function wagerShares(
  unit: CodeUnit,
  learned: LearnedCodes,
  m: Float64Array,
  k: number,
  w: Float64Array,
  mass: number,
): number {
  const bets = betsOf(unit.codes)
  const fixedMass = (mass * part.fixed) / bets.length
  let total = 0
  for (let b = 0; b < bets.length; b++) {
    const bet = bets[b] as ShareBet
    const after = shareBet(bet, k, w[bet.code] as number) * ((m[b] as number) + fixedMass)
    m[b] = after
    total += after
  }
  return total + wagerStrata(learned, m, k, w, bets.length, (mass * part.learned) / shareRates.length)
}
