import { type CodeUnit, noCode, shareOf } from '@/lib/detect/drift/code-unit'
import { type ShareBet, shareBet } from '@/lib/evidence/share-bets'

/**
 * Where a change of shares began: as for numbers, the split of the rows held that some bet, or shares learned on the way, explain best.
 * A code that the level in force never had began at its first row. Source: recipes/drift.md §4.
 */
export function codeOnset(unit: CodeUnit, row: number, bets: readonly ShareBet[]): number {
  const length = unit.ranks.length
  const from = Math.max(unit.armedRow, row - length + 1)
  const unseen = firstOfUnseen(unit, from, row)
  if (unseen !== null) return unseen
  const w = Float64Array.from({ length: unit.codes }, (_, c) => shareOf(unit, c))
  let best = Number.NEGATIVE_INFINITY
  let onset = row
  for (const bet of bets) {
    const share = w[bet.code] as number
    const hit = Math.log(shareBet(bet, bet.code, share))
    const miss = Math.log(shareBet(bet, -1, share))
    let nats = 0
    for (let r = row; r >= from; r--) {
      const k = unit.ranks[r % length] as number
      if (k === noCode) continue
      nats += k === bet.code ? hit : miss
      if (nats > best) {
        best = nats
        onset = r
      }
    }
  }
  const prior = 8
  const seen = new Float64Array(unit.codes)
  let rows = 0
  let nats = 0
  for (let r = row; r >= from; r--) {
    const k = unit.ranks[r % length] as number
    if (k === noCode) continue
    const share = w[k] as number
    nats += Math.log(((seen[k] as number) + prior * share) / (rows + prior) / share)
    seen[k] = (seen[k] as number) + 1
    rows++
    if (nats > best) {
      best = nats
      onset = r
    }
  }
  return onset
}

/** The first row of a code without a single reference row, where that code has come at least twice. */
function firstOfUnseen(unit: CodeUnit, from: number, row: number): number | null {
  for (let code = 0; code < unit.codes; code++) {
    if (unit.reference[code] !== 0) continue
    let first = -1
    let times = 0
    for (let r = row; r >= from; r--) {
      if (unit.came[r % unit.came.length] !== code) continue
      first = r
      times++
    }
    if (times >= 2) return first
  }
  return null
}
