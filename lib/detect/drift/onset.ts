import { type NumericUnit, none } from '@/lib/detect/drift/numeric-unit'
import { onsetBets, rankBins, rankWidths } from '@/lib/evidence/rank-bets'

/**
 * Where a numeric unit's change began: the split of the rows held at which some alternative explains the rest best. Walks back from the alarm
 * under each alternative, and under a histogram learned on the way (Dirichlet, weight 8), which pays for its learning.
 * Source: recipes/drift.md §4.
 */
export function numericOnset(unit: NumericUnit, row: number): number {
  const length = unit.ranks.length
  const from = Math.max(unit.armedRow, row - length + 1)
  let best = Number.NEGATIVE_INFINITY
  let onset = row
  const walk = (bets: Float64Array, bins: Uint8Array) => {
    for (let bet = 0; bet < bets.length; bet += rankBins) {
      let nats = 0
      for (let r = row; r >= from; r--) {
        const slot = r % length
        if (unit.ranks[slot] === none) continue
        nats += bets[bet + (bins[slot] as number)] as number
        if (nats > best) {
          best = nats
          onset = r
        }
      }
    }
  }
  walk(onsetBets.shape, unit.ranks)
  walk(onsetBets.tail, unit.tails)
  const seen = new Float64Array(rankBins)
  const weight = 8
  let total = 0
  let nats = 0
  for (let r = row; r >= from; r--) {
    const k = unit.ranks[r % length] as number
    if (k === none) continue
    const width = rankWidths[k] as number
    nats += Math.log(((seen[k] as number) + weight * width) / (total + weight) / width)
    seen[k] = (seen[k] as number) + 1
    total++
    if (nats > best) {
      best = nats
      onset = r
    }
  }
  return onset
}
