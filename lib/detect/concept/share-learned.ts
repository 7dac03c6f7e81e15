import { rates, type ShareUnit } from '@/lib/detect/concept/share-unit'

/**
 * Bets learned from the rows themselves: observed over expected, in regions, in strata, and in strata that have paid.
 */

export const shareRates: readonly number[] = [1 / 30, 1 / 150, 1 / 1000]
/** Rows of prior in a learned bet, and in the search for an onset, where learning is dearer. */
const prior = 15
/** Share of the regions that a change is held to touch, and the range of what a region has won. */
const touched = 0.1
const mostWon = 12
const leastWon = -3
export const most = 1e300
/** Learned bets: on each region as a whole, and on each stratum by itself as far as it has paid there. */
export function wagerLearned(unit: ShareUnit, stratum: number, k: number, at: number, mass: number): number {
  const { codes, regions, won } = unit
  const { m } = unit.evidence
  const region = unit.regionOf[stratum] as number
  const apart = won.length > 0
  const each = apart ? mass / 3 : mass
  let total = 0
  for (let g = 0; g < rates; g++) {
    const keep = 1 - (shareRates[g] as number)
    const e = learn(unit, stratum, (g * regions + region) * codes, k, keep)
    const after = Math.min(most, e * ((m[at + g] as number) + each))
    m[at + g] = after
    total += after
    if (!apart) continue
    const here = g * unit.strata + stratum
    const own = learn(unit, stratum, (rates * regions + here) * codes, k, keep)
    const nats = won[here] as number
    const staked = touched / (touched + (1 - touched) * Math.exp(-nats))
    const whole = Math.min(most, own * ((m[at + 2 * rates + g] as number) + each))
    m[at + 2 * rates + g] = whole
    total += whole
    const sparse = Math.min(most, (1 - staked + staked * own) * ((m[at + rates + g] as number) + each))
    m[at + rates + g] = sparse
    total += sparse
    won[here] = Math.max(leastWon, Math.min(mostWon, nats * keep + Math.log(own)))
  }
  return total
}
/** The bet that codes go on being off as they were, in what lies at `from`, which then learns the row. @returns its e-value. */
function learn(
  { side, codes, clump, observed, expected, counts, totals }: ShareUnit,
  stratum: number,
  from: number,
  k: number,
  keep: number,
): number {
  let norm = 0
  let own = 0
  let rose = true
  const rows = (totals[stratum] as number) + 0.5 * codes
  for (let c = 0; c < codes; c++) {
    const w = ((counts[stratum * codes + c] as number) + 0.5) / rows
    const ratio = ((observed[from + c] as number) + prior * w) / ((expected[from + c] as number) + prior * w)
    norm += w * ratio
    if (c === k) own = ratio
    if (c === 1) rose = ratio >= 1
    observed[from + c] = (observed[from + c] as number) * keep + (c === k ? 1 : 0)
    expected[from + c] = (expected[from + c] as number) * keep + w
  }
  // Errors, upwards only: where they were fewer than expected there is nothing to bet on.
  if (side === 'up' && !rose) return 1
  return clump > 1 ? (own / norm) ** (1 / clump) : own / norm
}
