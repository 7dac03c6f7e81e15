import { type Level, learnBin, rankNext, stratumOf, tailOf } from '@/lib/detect/drift/level'
import { type NormalScores, scoreOf, tieAt } from '@/lib/detect/drift/normal-scores'
import type { GivenWay } from '@/lib/detect/drift/numeric/adopt'
import { completeBaseline } from '@/lib/detect/drift/numeric/baseline'
import { addGathered, type Beside, startBeside } from '@/lib/detect/drift/numeric/gathering'
import { armOn, fewestBlocks, settle, valuesSince } from '@/lib/detect/drift/numeric/level'
import { type Alternative, otherDay, turnDay } from '@/lib/detect/drift/numeric/other-day'
import type { NumericSeason } from '@/lib/detect/drift/numeric/season'
import { viewNext } from '@/lib/detect/drift/numeric/view'
import { numericOnset } from '@/lib/detect/drift/onset'
import { boundEvidence, nextLook } from '@/lib/detect/drift/patience'
import { returned } from '@/lib/detect/drift/return'
import { chooseWhitener, type Whitener, whiten } from '@/lib/detect/drift/whiten'
import { weekHourOf } from '@/lib/detect/season'
import { count, type Evidence, startEvidence } from '@/lib/evidence/e-detector'
import { type LearnedBets, startLearnedBets } from '@/lib/evidence/learned-bets'
import { type RankSide, rankBin } from '@/lib/evidence/rank-bets'
import { betsOfMixture, rankMixtures, wagerRank } from '@/lib/evidence/rank-mixture'
import { reportEvidence } from '@/lib/evidence/report'
import { highAt, lowAt, massAt, rankAt, rowsAt, startStake, sumAt, valueAt } from '@/lib/evidence/stake'

export { completeBaseline, valuesSince }

/**
 * One numeric series under watch, whatever it is: a feature, a residual. Where the baseline asks for it, put on normal scores, adjusted for the season and whitened; then
 * conformal ranks against a growing reference of its own stratum; fixed, learned and tail bets on the ranks; one e-detector. After it fires it
 * settles on the level since the onset (provisional); the approved baseline is kept. Memory is bounded: 2 bytes a row held, `recentRows` values, and
 * the baseline.
 */
export interface NumericUnit {
  side: RankSide
  phase: 'gathering' | 'settling' | 'armed' | 'off'
  provisional: boolean
  /** The baseline while it fills, in order of arrival, and what stands beside its values; may be set at once instead (then `beside` is not needed). */
  gathered: number[]
  beside: Beside | null
  /** Block means of the baseline, when blocks are whitened and there are not enough of them yet. */
  blocks: number[] | null
  /** Onto normal scores, where values are seasonal or correlated; null: ranked as they are. */
  scores: NormalScores | null
  /** Season of this series, and whether the caller's strata tell its rows apart; from the baseline. */
  season: NumericSeason | null
  stratified: boolean
  /** The sorted values (adjusted for the season) of the level in force, and of the approved baseline. */
  reference: Float64Array
  approved: Float64Array
  /** The whitened values of the approved baseline, and their strata, to arm on again. */
  approvedWhite: Float64Array
  approvedStrata: Uint8Array | null
  /** What was approved before a level was adopted. */
  before: GivenWay | null
  whitener: Whitener
  level: Level | null
  /** What was in force when it last fired, until a new level is; for `keepLevel`. */
  fired: Pick<
    NumericUnit,
    'level' | 'reference' | 'provisional' | 'learned' | 'evidence' | 'alternative' | 'armedRow'
  > | null
  /** Row at which a change that was too small is looked at again. */
  lookRow: number
  learned: LearnedBets
  evidence: Evidence
  /** What the day at hand says if it is a Sunday by nature; only in a season that knows weekends. */
  alternative: Alternative | null
  /** Mass of lines whose value has not been bet on yet (a block that fills). */
  pending: number
  /** Where ranks fell, by row: bin + 32 · tail of the whole baseline; `none` where there was no value. `recent` holds (adjusted) values by row, and `recentStrata` their strata. */
  ranks: Uint8Array
  recent: Float64Array
  recentStrata: Uint8Array
  /** Length of the rings by row. */
  held: number
  armedRow: number
  onsetRow: number
  settled: number
  /** The row at which it last went back to its approved baseline; −1: never. `watchValue` gave null there. */
  returnedRow: number
}

/** What is known when the evidence has passed. */
export interface Crossing {
  onsetRow: number
  logE: number
  threshold: number
  /** Values since the onset (the latest that are held), and those they are compared with, sorted; adjusted for the season where there is one. */
  current: Float64Array
  reference: Float64Array
  provisional: boolean
}

export const none = 255
export const rankByte = (bin: number, tail: number): number => bin | (tail << 5)
export const binOfByte = (byte: number): number => byte & 31
export const tailOfByte = (byte: number): number => byte >> 5
export const recentRows = 4096

/** @param recent how many of the latest values it keeps, for effects and new levels. */
export function startNumericUnit(ringRows: number, side: RankSide = 'both', recent = recentRows): NumericUnit {
  return {
    side,
    phase: 'gathering',
    provisional: false,
    gathered: [],
    beside: startBeside(),
    blocks: null,
    scores: null,
    season: null,
    stratified: false,
    reference: new Float64Array(0),
    approved: new Float64Array(0),
    approvedWhite: new Float64Array(0),
    approvedStrata: null,
    before: null,
    whitener: chooseWhitener([]),
    level: null,
    fired: null,
    lookRow: 0,
    learned: startLearnedBets(),
    evidence: startEvidence(betsOfMixture(rankMixtures[side])),
    alternative: null,
    pending: 0,
    ranks: new Uint8Array(ringRows).fill(none),
    recent: new Float64Array(recent).fill(Number.NaN),
    recentStrata: new Uint8Array(recent),
    held: ringRows,
    armedRow: 0,
    onsetRow: 0,
    settled: 0,
    returnedRow: -1,
  }
}

/** How many rows its bytes go back, for onsets; before it is armed. */
export function holdRows(unit: NumericUnit, rows: number): void {
  unit.held = rows
  unit.ranks = new Uint8Array(rows).fill(none)
}

/**
 * Takes the value of a row (finite) with its restart mass. @returns what crossed, or null.
 * @param u uniform and its own for this row.
 * @param stratum code of the row's segment, below 256: used where the baseline's rows differ by it.
 * @param timeMs event time: used where there is a season.
 */
export function watchValue(
  unit: NumericUnit,
  row: number,
  value: number,
  mass: number,
  u: number,
  stratum = 0,
  timeMs = Number.NaN,
): Crossing | null {
  watched[0] = value
  watched[1] = mass
  watched[2] = u
  watched[3] = timeMs
  return watchNext(unit, row, stratum)
}

/** Value, mass, u and time of the next `watchNext`: as arguments each would be put into a box of its own, for every value of every row. */
export const watched = new Float64Array(4)
const stake = startStake()

/** As `watchValue`, of what stands in `watched`. */
export function watchNext(unit: NumericUnit, row: number, stratum: number): Crossing | null {
  if (unit.phase === 'gathering') {
    gatherNext(unit, row, stratum)
    return null
  }
  const slot = row % unit.held
  unit.ranks[slot] = none
  if (unit.phase === 'off') return null
  const own = viewNext(unit, row, stratum, watched, stake)
  if (unit.phase === 'settling') {
    unit.settled++
    settle(unit, row)
    return null
  }
  const { level, alternative, pending } = unit
  if (own < 0 || !level) {
    unit.pending = pending + (watched[1] as number)
    return null
  }
  stake[massAt] = pending + (watched[1] as number)
  if (pending > 0) unit.pending = 0
  if (alternative) {
    const total = watchDays(unit, level, alternative, slot, own)
    if (total < 1) return null
    if (!(row < unit.lookRow)) return cross(unit, row, total)
    boundEvidence(total, unit.evidence.m, alternative.m, alternative.before)
    return null
  }
  wager(unit, level, slot, own)
  const total = stake[sumAt] as number
  return total < 1 ? null : passed(unit, row, total)
}

/** What comes of ΣM ≥ 1. */
export function passed(unit: NumericUnit, row: number, total: number): Crossing | null {
  if (!(row < unit.lookRow)) return cross(unit, row, total)
  boundEvidence(total, unit.evidence.m)
  return null
}

function gatherNext(unit: NumericUnit, row: number, stratum: number): void {
  const value = watched[0] as number
  const at = row % unit.recent.length
  unit.recentStrata[at] = stratum
  unit.recent[at] = value
  // There may be no rings yet: a place that is none would make every later one slow.
  if (unit.held > 0) unit.ranks[row % unit.held] = none
  if (unit.blocks) gatherBlock(unit, row, value)
  else if (unit.beside) addGathered(unit.gathered, unit.beside, value, stratum, watched[3] as number)
}

/** In a season with weekends: the lesser ΣM of the two kinds of day. */
function watchDays(unit: NumericUnit, level: Level, other: Alternative, slot: number, own: number): number {
  const white = stake[valueAt] as number
  const mass = stake[massAt] as number
  const timeMs = watched[3] as number
  turnDay(unit, other, timeMs)
  wager(unit, level, slot, own)
  return otherDay(unit, other, slot, white, watched[2] as number, mass, weekHourOf(timeMs), stake[sumAt] as number)
}

/** A row without a value for this unit. */
export function skipRow(unit: NumericUnit, row: number): void {
  unit.ranks[row % unit.held] = none
  unit.recent[row % unit.recent.length] = Number.NaN
}

/** Bets on what stands in `stake`: mass, the whitened value, its uniform number. ΣM comes there too. */
function wager(unit: NumericUnit, level: Level, slot: number, stratum: number): void {
  count(unit.evidence, stake[massAt] as number)
  const own = stratumOf(level, stratum)
  const bin = rankNext(level, own, stake)
  const p = stake[rankAt] as number
  const k = rankBin(p)
  const tail = tailOf(p, stake[lowAt] as number, stake[highAt] as number)
  // A stratum of few rows has wide tails: what is remembered, for the onset, are those of the whole baseline.
  unit.ranks[slot] = rankByte(k, level.strata.length > 1 ? tailOf(p, level.low, level.high) : tail)
  // On a holiday the row belongs among the Sundays (numeric-other-day).
  if (!unit.alternative?.sunday) learnBin(own, bin)
  stake[rowsAt] = level.size + unit.evidence.updates
  wagerRank(rankMixtures[unit.side], unit.evidence.m, unit.learned, k, tail, stake)
}

function cross(unit: NumericUnit, row: number, total: number): Crossing | null {
  const { logE, threshold } = reportEvidence(unit.evidence, total)
  const block = unit.whitener.kind === 'block' ? unit.whitener.size - 1 : 0
  const onsetRow = Math.max(unit.armedRow, numericOnset(unit, row) - block)
  unit.onsetRow = onsetRow
  const crossing = {
    onsetRow,
    logE,
    threshold,
    current: valuesSince(unit, onsetRow, row),
    reference: unit.reference,
    provisional: unit.provisional,
  }
  if (unit.provisional && returned(unit.approved, unit.reference, crossing.current)) {
    unit.provisional = false
    unit.returnedRow = row
    armOn(unit, unit.approved, unit.approvedWhite, unit.approvedStrata, row + 1)
    return null
  }
  const { level, reference, provisional, armedRow } = unit
  const kept = structuredClone({ learned: unit.learned, evidence: unit.evidence, alternative: unit.alternative })
  unit.fired = { level, reference, provisional, armedRow, ...kept }
  unit.provisional = true
  unit.phase = 'settling'
  unit.settled = crossing.current.length
  settle(unit, row)
  return crossing
}

/** What fired is too small to matter: its level stays in force and goes on growing, and its evidence waits (drift/patience). At the row at which it fired. */
export function keepLevel(unit: NumericUnit, row: number): void {
  if (!unit.fired) return
  Object.assign(unit, unit.fired)
  unit.fired = null
  unit.phase = 'armed'
  unit.lookRow = nextLook(unit.onsetRow, row)
}

/** Blocks of the baseline go on filling until there are enough. */
function gatherBlock(unit: NumericUnit, row: number, value: number): void {
  const score = unit.scores ? scoreOf(unit.scores, value, tieAt(row)) : value
  const mean = whiten(unit.whitener, score, false)
  const blocks = unit.blocks as number[]
  if (!Number.isNaN(mean)) blocks.push(mean)
  if (blocks.length < fewestBlocks) return
  unit.approvedWhite = Float64Array.from(blocks)
  unit.blocks = null
  armOn(unit, unit.approved, unit.approvedWhite, null, row + 1)
}
