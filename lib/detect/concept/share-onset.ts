import { betsOf, type ShareUnit, shareIn } from '@/lib/detect/concept/share-unit'
import { shareBet } from '@/lib/evidence/share-bets'

/**
 * Where a change of shares began.
 */

const onsetPrior = 8
/** Rows from the latest back, as the search for an onset walks them. */
export interface Walk {
  /** Stratum of row i, counted back from the latest; −1: not one of the unit's. */
  readonly strata: Int16Array
  readonly codes: Uint8Array
  readonly n: number
}
/**
 * Where it began: the split of the rows at which some bet, or shares learned on the way back, explain the rest best.
 * @returns the place in the walk, and its log-likelihood ratio in nats, 0 at least.
 */
export function shareOnset(unit: ShareUnit, walk: Walk): { at: number; nats: number } {
  const { strata, codes: came, n } = walk
  const best = { at: 0, nats: 0 }
  for (const bet of betsOf(unit)) {
    let nats = 0
    for (let i = 0; i < n; i++) {
      const s = strata[i] as number
      if (s < 0) continue
      nats += Math.log(shareBet(bet, came[i] as number, shareIn(unit, s, bet.code)))
      if (nats > best.nats) {
        best.nats = nats
        best.at = i
      }
    }
  }
  const { regionOf, regions } = unit
  learnBack(unit, walk, regionOf, regions, best)
  if (unit.won.length > 0 && regions < unit.strata) learnBack(unit, walk, null, unit.strata, best)
  return best
}
/** @param regionOf null: each stratum is its own region. */
function learnBack(
  unit: ShareUnit,
  { strata, codes: came, n }: Walk,
  regionOf: Uint16Array | null,
  regions: number,
  best: { at: number; nats: number },
): void {
  const { codes } = unit
  const seen = new Float64Array(regions * codes)
  const due = new Float64Array(regions * codes)
  let nats = 0
  for (let i = 0; i < n; i++) {
    const s = strata[i] as number
    if (s < 0) continue
    const from = (regionOf ? (regionOf[s] as number) : s) * codes
    let norm = 0
    let own = 0
    for (let c = 0; c < codes; c++) {
      const w = shareIn(unit, s, c)
      const ratio = ((seen[from + c] as number) + onsetPrior * w) / ((due[from + c] as number) + onsetPrior * w)
      norm += w * ratio
      if (c === came[i]) own = ratio
      due[from + c] = (due[from + c] as number) + w
    }
    nats += Math.log(own / norm)
    const at = from + (came[i] as number)
    seen[at] = (seen[at] as number) + 1
    if (nats > best.nats) {
      best.nats = nats
      best.at = i
    }
  }
}
