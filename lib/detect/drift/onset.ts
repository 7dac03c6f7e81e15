import { binOfByte, type NumericUnit, none, tailOfByte } from '@/lib/detect/drift/numeric/state'
import { onsetBets, rankBins, rankWidths } from '@/lib/evidence/rank-bets'
import { isHit, regionShare, tailPlaces } from '@/lib/evidence/tail-bets'

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
  const walk = (logOf: (k: number, tail: number) => number) => {
    let nats = 0
    for (let r = row; r >= from; r--) {
      const slot = r % length
      const byte = unit.ranks[slot] as number
      if (byte === none) continue
      nats += logOf(binOfByte(byte), tailOfByte(byte))
      if (nats > best) {
        best = nats
        onset = r
      }
    }
  }
  for (let bet = 0; bet < onsetBets.shape.length; bet += rankBins) walk((k) => onsetBets.shape[bet + k] as number)
  for (const bet of tailPlaces) {
    const w = regionShare(bet, unit.level?.low ?? 1, unit.level?.high ?? 1)
    if (w >= bet.share) continue
    const hit = Math.log(bet.share / w)
    const miss = Math.log((1 - bet.share) / (1 - w))
    walk((_, tail) => (isHit(bet, tail) ? hit : miss))
  }
  const seen = new Float64Array(rankBins)
  const weight = 8
  let total = 0
  walk((k) => {
    const width = rankWidths[k] as number
    const nats = Math.log(((seen[k] as number) + weight * width) / (total + weight) / width)
    seen[k] = (seen[k] as number) + 1
    total++
    return nats
  })
  return onset
}
