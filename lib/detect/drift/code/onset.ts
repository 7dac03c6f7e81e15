import { noCode } from '@/lib/detect/drift/code/level'
import { sharesIn } from '@/lib/detect/drift/code/strata'
import { type CodeUnit, shareOf } from '@/lib/detect/drift/code/unit'
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
  const shares = sharesByRow(unit)
  let best = Number.NEGATIVE_INFINITY
  let onset = row
  for (const bet of bets) {
    let nats = 0
    let last: Float64Array | null = null
    let hit = 0
    let miss = 0
    for (let r = row; r >= from; r--) {
      const k = unit.ranks[r % length] as number
      if (k === noCode) continue
      const w = shares(r % length)
      if (w !== last) {
        const share = w[bet.code] as number
        hit = Math.log(shareBet(bet, bet.code, share))
        miss = Math.log(shareBet(bet, -1, share))
        last = w
      }
      nats += k === bet.code ? hit : miss
      if (nats > best) {
        best = nats
        onset = r
      }
    }
  }
  const prior = 8
  const seen = new Float64Array(unit.codes)
  const expected = new Float64Array(unit.codes)
  let nats = 0
  for (let r = row; r >= from; r--) {
    const k = unit.ranks[r % length] as number
    if (k === noCode) continue
    const w = shares(r % length)
    let norm = 0
    let ratio = 1
    for (let c = 0; c < unit.codes; c++) {
      const own = prior * (w[c] as number)
      const over = ((seen[c] as number) + own) / ((expected[c] as number) + own)
      norm += (w[c] as number) * over
      if (c === k) ratio = over
      expected[c] = (expected[c] as number) + (w[c] as number)
    }
    nats += Math.log(ratio / norm)
    seen[k] = (seen[k] as number) + 1
    if (nats > best) {
      best = nats
      onset = r
    }
  }
  return onset
}

/** Reference shares of the codes, by place in the rings. */
function sharesByRow(unit: CodeUnit): (slot: number) => Float64Array {
  const { strata } = unit
  if (!strata) {
    const w = Float64Array.from({ length: unit.codes }, (_, c) => shareOf(unit, c))
    return () => w
  }
  const by: Float64Array[] = []
  return (slot) => {
    const stratum = unit.cameStrata[slot] as number
    by[stratum] ??= sharesIn(unit, strata, stratum, new Float64Array(unit.codes))
    return by[stratum] as Float64Array
  }
}

/** Nats from which on it is no chance that a rare code was in none of the rows before its first. */
const leastNats = 8

/** The first row of a code without a single reference row, where that code comes so often since that it would have been there before. */
function firstOfUnseen(unit: CodeUnit, from: number, row: number): number | null {
  const reference = unit.reference.reduce((a, b) => a + b, 0)
  for (let code = 0; code < unit.codes; code++) {
    if (unit.reference[code] !== 0) continue
    let first = -1
    let times = 0
    for (let r = row; r >= from; r--) {
      if (unit.came[r % unit.came.length] !== code) continue
      first = r
      times++
    }
    const rows = row - first + 1
    const before = reference + first - from
    if (times >= 2 && times * Math.log1p(before / rows) >= leastNats) return first
  }
  return null
}
