import { conformalCode, fixedBets, part, wagerFixed, wagerShares } from '@/lib/detect/drift/code/bets'
import { type CodeCrossing, cross } from '@/lib/detect/drift/code/crossing'
import { shareRates, wagerLearned } from '@/lib/detect/drift/code/learned'
import { armOn, noCode, settle } from '@/lib/detect/drift/code/level'
import {
  type CodeAlternative,
  codeOtherDay,
  startCodeAlternative,
  turnCodeDay,
} from '@/lib/detect/drift/code/other-day'
import { type CodeStrata, conformalIn, countIn, sharesIn, startStrata } from '@/lib/detect/drift/code/strata'
import { boundEvidence } from '@/lib/detect/drift/patience'
import { seasonCell } from '@/lib/detect/season'
import { count, type Evidence, startEvidence } from '@/lib/evidence/e-detector'

export type { CodeCrossing }

/**
 * One series of codes under watch: categories of a feature, or whether a row shows a fault. Conformal ranks by code order against growing counts,
 * fixed bets on the odds of codes, bets on what the rows of late foretell at three rates; one e-detector.
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
  /** Strata are the codes before: a change is still one of all rows' shares. */
  chained: boolean
  /** What the day at hand says if it is a Sunday by nature; only in a season that knows weekends. */
  alternative: CodeAlternative | null
  evidence: Evidence
  /**
   * Exponentially weighted rows by rate and code. Without strata observed = a·o and n rows in all, with one a and one n a rate, in `decay`: one code is
   * written an update and not all. With strata what was expected stands beside it, since shares differ from row to row.
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
    chained: false,
    alternative: null,
    evidence: startEvidence(fixedBets(codes) + shareRates.length),
    observed: new Float64Array(codes * shareRates.length),
    expected: new Float64Array(strata ? codes * shareRates.length : 0),
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
  const total =
    wagerFixed(unit, k, mass * part.fixed) +
    wagerLearned(unit, k, fixedBets(unit.codes), (mass * part.learned) / shareRates.length)
  unit.counts[code] = (unit.counts[code] as number) + 1
  unit.total++
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

export function skipCode(unit: CodeUnit, row: number): void {
  const slot = row % unit.held
  unit.ranks[slot] = noCode
  unit.came[slot] = noCode
}
