import { chooseWhitener } from '@/lib/detect/drift/choose-whitener'
import type { Level } from '@/lib/detect/drift/level'
import type { NormalScores } from '@/lib/detect/drift/normal-scores'
import type { GivenWay } from '@/lib/detect/drift/numeric/adopt'
import { type Beside, startBeside } from '@/lib/detect/drift/numeric/gathering'
import type { Alternative } from '@/lib/detect/drift/numeric/other-day'
import type { NumericSeason } from '@/lib/detect/drift/numeric/season'
import type { Whitener } from '@/lib/detect/drift/whiten'
import { type Evidence, startEvidence } from '@/lib/evidence/e-detector'
import { type LearnedBets, startLearnedBets } from '@/lib/evidence/learned-bets'
import type { RankSide } from '@/lib/evidence/rank-bets'
import { betsOfMixture, rankMixtures } from '@/lib/evidence/rank-mixture'

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
