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

export const shareRates: readonly number[] = [1 / 30, 1 / 150, 1 / 1000]
const rates = shareRates.length
/** Rows of prior in a learned bet, and in the search for an onset, where learning is dearer. */
const prior = 15
const onsetPrior = 8
const part = { fixed: 0.6, learned: 0.4 }
/** Share of the regions that a change is held to touch, and the range of what a region has won. */
const touched = 0.1
const mostWon = 12
const leastWon = -3

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
export const shareIn = (unit: ShareUnit, stratum: number, code: number): number =>
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
const most = 1e300

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

/** Learned bets: on each region as a whole, and on each stratum by itself as far as it has paid there. */
function wagerLearned(unit: ShareUnit, stratum: number, k: number, at: number, mass: number): number {
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
