import { most, shareRates, wagerLearned } from '@/lib/detect/concept/share-learned'
import { count, type Evidence, startEvidence } from '@/lib/evidence/e-detector'
import { categoryBets, errorBets, type ShareBet, shareBet } from '@/lib/evidence/share-bets'

/**
 * Codes of labelled rows (right and wrong, classes, bins of a residual) under watch within strata (segments, hours, leaves, bins of confidence): each
 * row is ranked among its own stratum only, exactly uniform while a stratum's rows are exchangeable, whatever its rate.
 *
 * Bets      fixed ones on the odds of each code, and observed over expected at three rates: in each region (all strata one region, or several);
 *           where there are regions also in each stratum, and in each stratum as far as it has paid there, for a change that touches few.
 * Re-arms   by its owner: it knows nothing of episodes.
 * Source    recipes/drift.md §2; Vovk 2021 (conformal ranks), Mondrian strata; Xie & Siegmund 2013 (changes in few of many sequences).
 */
export interface ShareUnit {
  /**
   * `up`: only code 1 more often. `both`: odds of each code either way. `each`: learned bets alone, in each stratum. `calibration`: code 1 more often
   * everywhere, or either way in each stratum.
   */
  side: 'up' | 'both' | 'each' | 'calibration'
  codes: number
  strata: number
  /** Rows by stratum and code, growing; and those that it was armed on. */
  counts: Float64Array
  totals: Float64Array
  reference: Float64Array
  evidence: Evidence
  /** Design effect of rows that come in clumps (concept/clumps): 1, or evidence is raised to its inverse. */
  clump: number
  /** Observed and expected by rate, region and code, exponentially weighted. */
  observed: Float64Array
  expected: Float64Array
  /** Nats that the learned bet has won in each stratum, by rate and stratum, exponentially weighted; empty for one region. */
  won: Float64Array
  /** Region of each stratum in the bets on regions: several strata may be one. */
  regionOf: Uint16Array
  regions: number
}
/** What shares are worked out of. */
export type ShareCounts = Pick<ShareUnit, 'codes' | 'strata' | 'counts' | 'totals'>
export const rates = shareRates.length
const part = { fixed: 0.6, learned: 0.4 }
/** The fixed bets of a unit; labels never come from nothing, so the bets on unknown codes are left out. */
export function betsOf(unit: { readonly side: ShareUnit['side']; readonly codes: number }): readonly ShareBet[] {
  if (unit.side === 'each') return none
  if (unit.side === 'up' || unit.side === 'calibration') return errorBets
  tables[unit.codes] ??= categoryBets(unit.codes).filter((bet) => bet.kind === 'odds')
  return tables[unit.codes] as ShareBet[]
}
const none: readonly ShareBet[] = []
const tables: ShareBet[][] = []
const isEach = (side: ShareUnit['side']): boolean => side === 'each' || side === 'calibration'
/**
 * @param counts rows of the level in force, by stratum and code.
 * @param regionOf region of each stratum, numbered from 0: strata that are likely to change alike; each its own where none is given.
 */
export function startShareUnit(
  side: ShareUnit['side'],
  codes: number,
  counts: Float64Array,
  clump = 1,
  regionOf?: Uint16Array,
): ShareUnit {
  const strata = counts.length / codes
  const apart = isEach(side) && strata > 1
  const own = apart ? (regionOf ?? Uint16Array.from({ length: strata }, (_, s) => s)) : new Uint16Array(strata)
  const regions = apart ? 1 + own.reduce((a, b) => Math.max(a, b), 0) : 1
  const totals = new Float64Array(strata)
  for (let s = 0; s < strata; s++)
    for (let c = 0; c < codes; c++) totals[s] = (totals[s] as number) + (counts[s * codes + c] as number)
  return {
    side,
    codes,
    strata,
    counts,
    totals,
    reference: counts.slice(),
    evidence: startEvidence(betsOf({ side, codes }).length + rates * (apart ? 3 : 1)),
    observed: new Float64Array(rates * (regions + (apart ? strata : 0)) * codes),
    expected: new Float64Array(rates * (regions + (apart ? strata : 0)) * codes),
    clump,
    won: new Float64Array(apart ? rates * strata : 0),
    regionOf: own,
    regions,
  }
}
/** Share of a code in its stratum, half a row added to each. */
export const shareIn = (unit: ShareCounts, stratum: number, code: number): number =>
  ((unit.counts[stratum * unit.codes + code] as number) + 0.5) / ((unit.totals[stratum] as number) + 0.5 * unit.codes)
/** Takes a row with its restart mass; `u` is uniform and its own. @returns ΣM, which alarms at 1. */
export function watchShare(unit: ShareUnit, stratum: number, code: number, mass: number, u: number): number {
  const k = conformal(unit, stratum, code, u)
  count(unit.evidence, mass)
  const bets = betsOf(unit)
  const { clump } = unit
  const { m } = unit.evidence
  let total = 0
  const fixed = bets.length > 0 ? (mass * part.fixed) / bets.length : 0
  for (let b = 0; b < bets.length; b++) {
    const bet = bets[b] as ShareBet
    const e = shareBet(bet, k, shareIn(unit, stratum, bet.code))
    const after = Math.min(most, (clump > 1 ? e ** (1 / clump) : e) * ((m[b] as number) + fixed))
    m[b] = after
    total += after
  }
  total += wagerLearned(unit, stratum, k, bets.length, (mass * (bets.length > 0 ? part.learned : 1)) / rates)
  const at = stratum * unit.codes + code
  unit.counts[at] = (unit.counts[at] as number) + 1
  unit.totals[stratum] = (unit.totals[stratum] as number) + 1
  return total
}
/** A later label of a row that was watched: the counts follow, the evidence stays as it was spent. */
export function correctShare(unit: ShareUnit, stratum: number, before: number, after: number): void {
  const at = stratum * unit.codes
  if ((unit.counts[at + before] as number) < 1) return
  unit.counts[at + before] = (unit.counts[at + before] as number) - 1
  unit.counts[at + after] = (unit.counts[at + after] as number) + 1
}
/** The code in whose share the conformal rank of `code` lies: the code itself or one close by. */
function conformal(unit: ShareUnit, stratum: number, code: number, u: number): number {
  const { counts, codes } = unit
  const at = stratum * codes
  const total = unit.totals[stratum] as number
  let below = 0
  for (let c = 0; c < code; c++) below += counts[at + c] as number
  const rank = ((below + u * ((counts[at + code] as number) + 1)) / (total + 1)) * (total + 0.5 * codes)
  let k = code
  let from = below + 0.5 * code
  while (k > 0 && rank < from) from -= (counts[at + --k] as number) + 0.5
  let to = from + (counts[at + k] as number) + 0.5
  while (k < codes - 1 && rank >= to) to += (counts[at + ++k] as number) + 0.5
  return k
}
