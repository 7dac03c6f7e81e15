import { countCode, shareRates, wagerLearned } from '@/lib/detect/drift/code/learned'
import { armOn, codesSince, isBack, mixedAs, noCode, returnToApproved, settle } from '@/lib/detect/drift/code/level'
import { codeOnset } from '@/lib/detect/drift/code/onset'
import {
  type CodeAlternative,
  codeOtherDay,
  startCodeAlternative,
  turnCodeDay,
} from '@/lib/detect/drift/code/other-day'
import {
  type CodeStrata,
  conformalIn,
  countIn,
  type LearnedCodes,
  sharesIn,
  startStrata,
  wagerStrata,
} from '@/lib/detect/drift/code/strata'
import { boundEvidence } from '@/lib/detect/drift/patience'
import { seasonCell } from '@/lib/detect/season'
import { count, type Evidence, startEvidence } from '@/lib/evidence/e-detector'
import { reportEvidence } from '@/lib/evidence/report'
import { categoryBets, type ShareBet, shareBet } from '@/lib/evidence/share-bets'

/**
 * One series of codes under watch: categories of a feature, or whether a row shows a fault. Conformal ranks by code order against growing counts,
 * fixed bets on the odds of codes, learned bets on observed over expected at three rates; one e-detector.
 */
export interface CodeUnit {
  codes: number
  phase: 'settling' | 'armed'
  provisional: boolean
  /** All rows; by stratum beside it, where rows of different strata are not alike. */
  counts: Float64Array
  total: number
  strata: CodeStrata | null
  approved: Float64Array
  approvedStrata: CodeStrata | null
  /** What was approved before a level was adopted. */
  before: Pick<CodeUnit, 'approved' | 'approvedStrata'> | null
  /** Counts of the level in force when it was armed. */
  reference: Float64Array
  referenceStrata: CodeStrata | null
  /** What was in force when it last fired, until a new level is; for `keepCodes`. */
  fired: Pick<CodeUnit, Kept> | null
  /** Row at which a change that was too small is looked at again. */
  lookRow: number
  /** Above 1: strata are cells of this season and follow from event times; else the caller's. */
  seasonCells: number
  /** What the day at hand says if it is a Sunday by nature; only in a season that knows weekends. */
  alternative: CodeAlternative | null
  evidence: Evidence
  /**
   * Observed and expected by rate and code, exponentially weighted, decayed lazily: observed = a·o, expected = a·x + (count + ½)·s with one a and one s
   * a rate, in `decay`; so one code is written an update and not all. A code whose count grows gives s/a back.
   */
  observed: Float64Array
  expected: Float64Array
  decay: Float64Array
  /** Conformal codes and codes as they came, by row. */
  ranks: Uint8Array
  came: Uint8Array
  /** Strata by row; empty where there are none. */
  cameStrata: Uint8Array
  /** Length of the rings by row. */
  held: number
  armedRow: number
  onsetRow: number
  settled: number
  /** The row at which it last went back to its approved baseline; −1: never. `watchCode` gave null there. */
  returnedRow: number
}

type InForce = 'counts' | 'total' | 'strata' | 'reference' | 'referenceStrata' | 'provisional' | 'armedRow'
type Kept = InForce | 'evidence' | 'alternative' | 'observed' | 'expected' | 'decay'

export interface CodeCrossing {
  onsetRow: number
  logE: number
  threshold: number
  /** Counts by code since the onset, and of the level compared with; where strata differ, by their own shares in the mix of the rows since. */
  current: Float64Array
  reference: Float64Array
  n: number
  provisional: boolean
}

const part = { fixed: 0.6, learned: 0.4 }

const tables: ShareBet[][] = []
function betsOf(codes: number): readonly ShareBet[] {
  tables[codes] ??= categoryBets(codes)
  return tables[codes] as ShareBet[]
}

/**
 * @param baseline counts by code; the last code is whatever is not in the code book.
 * @param strata the same counts by stratum, where these differ (`strataDiffer`); null: all rows alike.
 * @param seasonCells above 1: the strata are cells of this season (lib/detect/season).
 */
export function startCodeUnit(
  baseline: ArrayLike<number>,
  ringRows: number,
  row: number,
  strata: readonly (ArrayLike<number> | null)[] | null = null,
  seasonCells = 1,
): CodeUnit {
  const codes = baseline.length
  const unit: CodeUnit = {
    codes,
    phase: 'armed',
    provisional: false,
    counts: new Float64Array(codes),
    total: 0,
    strata: null,
    approved: Float64Array.from(baseline),
    approvedStrata: strata && startStrata(strata),
    before: null,
    reference: new Float64Array(codes),
    referenceStrata: null,
    fired: null,
    lookRow: 0,
    seasonCells: strata ? seasonCells : 1,
    alternative: null,
    evidence: startEvidence(betsOf(codes).length + shareRates.length),
    observed: new Float64Array(codes * shareRates.length),
    expected: new Float64Array(codes * shareRates.length),
    decay: new Float64Array(2 * shareRates.length),
    ranks: new Uint8Array(ringRows).fill(noCode),
    came: new Uint8Array(ringRows).fill(noCode),
    cameStrata: new Uint8Array(strata ? ringRows : 0),
    held: ringRows,
    armedRow: row,
    onsetRow: 0,
    settled: 0,
    returnedRow: -1,
  }
  if (unit.seasonCells >= 48) unit.alternative = startCodeAlternative(unit)
  armOn(unit, unit.approved, unit.approvedStrata, row)
  return unit
}

/** The reference share of a code, half a row added to each. */
export const shareOf = (unit: CodeUnit, code: number): number =>
  ((unit.counts[code] as number) + 0.5) / (unit.total + 0.5 * unit.codes)

/**
 * Takes the code of a row with its restart mass; `u` is uniform and its own for this row. @returns what crossed, or null.
 * @param stratum used where the baseline's rows differ by it, and there is no season.
 * @param timeMs event time: used where there is a season.
 */
export function watchCode(
  unit: CodeUnit,
  row: number,
  code: number,
  mass: number,
  u: number,
  stratum = 0,
  timeMs = Number.NaN,
): CodeCrossing | null {
  const slot = row % unit.held
  const own = unit.seasonCells > 1 ? seasonCell(unit.seasonCells, timeMs) : stratum
  unit.came[slot] = code
  if (unit.strata) unit.cameStrata[slot] = own
  unit.ranks[slot] = noCode
  if (unit.phase === 'settling') {
    unit.settled++
    settle(unit, row)
    return null
  }
  count(unit.evidence, mass)
  const total = unit.strata
    ? watchStratum(unit, unit.strata, slot, own, code, mass, u, timeMs)
    : watchPooled(unit, slot, code, mass, u)
  if (total < 1) return null
  if (!(row < unit.lookRow)) return cross(unit, row, total)
  const { alternative } = unit
  boundEvidence(total, unit.evidence.m, ...(alternative ? [alternative.m, alternative.before] : []))
  return null
}

function watchPooled(unit: CodeUnit, slot: number, code: number, mass: number, u: number): number {
  const k = conformalCode(unit, code, u)
  unit.ranks[slot] = k
  const total = wager(unit, k, mass)
  countCode(unit, code)
  return total
}

/** Shares of the stratum at hand. */
const shares = new Float64Array(256)

function watchStratum(
  unit: CodeUnit,
  strata: CodeStrata,
  slot: number,
  stratum: number,
  code: number,
  mass: number,
  u: number,
  timeMs: number,
): number {
  const { alternative, evidence } = unit
  if (alternative) turnCodeDay(unit, alternative, timeMs)
  const w = sharesIn(unit, strata, stratum, shares.subarray(0, unit.codes))
  const k = conformalIn(strata, stratum, code, u, w)
  unit.ranks[slot] = k
  // On a holiday the row belongs among the Sundays (code-other-day).
  if (!alternative?.sunday) countIn(strata, stratum, code)
  let total = wagerShares(unit, unit, evidence.m, k, w, mass)
  if (alternative) total = codeOtherDay(unit, strata, alternative, slot, code, u, mass, timeMs, total)
  unit.counts[code] = (unit.counts[code] as number) + 1
  unit.total++
  return total
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

export function skipCode(unit: CodeUnit, row: number): void {
  const slot = row % unit.held
  unit.ranks[slot] = noCode
  unit.came[slot] = noCode
}

/** The code in whose share the conformal rank of `code` lies: the code itself or one close by. Shares in rows, half a row added to each. */
function conformalCode(unit: CodeUnit, code: number, u: number): number {
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

function wager(unit: CodeUnit, k: number, mass: number): number {
  const bets = betsOf(unit.codes)
  const m = unit.evidence.m
  let total = 0
  const fixedMass = (mass * part.fixed) / bets.length
  for (let b = 0; b < bets.length; b++) {
    const bet = bets[b] as ShareBet
    const after = shareBet(bet, k, shareOf(unit, bet.code)) * ((m[b] as number) + fixedMass)
    m[b] = after
    total += after
  }
  return total + wagerLearned(unit, k, bets.length, (mass * part.learned) / shareRates.length)
}

function cross(unit: CodeUnit, row: number, total: number): CodeCrossing | null {
  const { logE, threshold } = reportEvidence(unit.evidence, total)
  const onsetRow = codeOnset(unit, row, betsOf(unit.codes))
  const current = codesSince(unit, onsetRow, row)
  const n = current.reduce((a, b) => a + b, 0)
  const { counts, strata, reference, referenceStrata, provisional } = unit
  const expected = referenceStrata ? mixedAs(unit, referenceStrata, onsetRow, row) : reference
  const crossing = { onsetRow, logE, threshold, current, reference: expected, n, provisional }
  unit.onsetRow = onsetRow
  if (unit.provisional && isBack(unit, onsetRow, row, current)) {
    unit.returnedRow = row
    returnToApproved(unit, row + 1)
    return null
  }
  const { evidence, alternative, observed, expected: expectedRows, decay } = unit
  const kept = structuredClone({ evidence, alternative, observed, expected: expectedRows, decay })
  const { total: rows, armedRow } = unit
  unit.fired = { counts, total: rows, strata, reference, referenceStrata, provisional, armedRow, ...kept }
  unit.provisional = true
  unit.phase = 'settling'
  unit.settled = n
  settle(unit, row)
  return crossing
}
