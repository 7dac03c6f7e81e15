import { firstDown, flagBets, payouts } from '@/lib/detect/quality/flag-bets'
import { type FlagHits, startHits } from '@/lib/detect/quality/flag-hits'
import { type FlagStrata, pastStrata } from '@/lib/detect/quality/flag-strata'
import { type Evidence, startEvidence } from '@/lib/evidence/e-detector'

/**
 * One flag of a column under watch (missing, of another type, repeated, out of range): how often its rarer side comes, against all rows before.
 *
 * Evidence  conformal. With r of n rows on the rarer side the rank of the next row is uniform if the rows are exchangeable (in their stratum), and is
 *           above the commoner side's share with probability w = (r + 1)/(n + 1): always on the rarer side, once in (n − r + 1) rows on the other.
 *           Bets (flag-bets.ts) multiply by what they pay at w. Exact for any reference, a finite one and none of the kind included.
 * Cost      rows on the commoner side are not touched: a run of them is paid in closed form when the rarer side comes, or at the block's end
 *           (`blockRows`). In between w is kept at a bound that is on the safe side. A flag that hangs on hour, segment or its past is read at every row.
 */
export interface FlagUnit {
  /** Part of the detector's mass. */
  weight: number
  /** Tells its random numbers from other units'. */
  lane: number
  /** Which value of the flag is the rarer one in the level in force. */
  rarer: 0 | 1
  strata: FlagStrata
  /** Where the strata of the past end. */
  reachDown: number
  reachUp: number
  /** Rows (of the rarer side, and all) by stratum. */
  rare: Float64Array
  rows: Float64Array
  evidence: Evidence
  hit: Float64Array
  miss: Float64Array
  /** Expected share of hits; what the bets pay at it holds until so many rows were counted. */
  w: number
  freshUntil: number
  /** The row up to which all is accounted for, and rows since on which the flag was not read. */
  synced: number
  skipped: number
  /** The count of commoner rows at which one of them ranks among the rarer; how many were drawn. */
  flipAt: number
  flips: number
  /** How long the flag has had its value: > 0 up, < 0 down; only for strata of the past. */
  run: number
  phase: 'armed' | 'settling'
  provisional: boolean
  /** Was the last change told? */
  said: boolean
  armedRow: number
  /** Rows read and hits expected since it was armed. */
  seen: number
  expected: number
  hits: FlagHits
  /** Share of flagged rows, half a row added to each side, and what it comes from: approved; in the level in force. */
  approved: number
  approvedUp: number
  approvedRows: number
  home: StratumCounts | null
  level: number
  levelUp: number
  levelRows: number
  /** Rows read and flagged ones since the onset of the last change. */
  settled: number
  settledUp: number
  /** Evidence that the approved level is back, nats. */
  back: number
}

export const blockRows = 256
/** What may pass within a block, or follows a change, is accounted for more often. */
export const nearRows = 64
/** By what part the rows may grow before w is worked out anew. */
const stale = 0.05
/** Hour cells and segment codes stay below this. */
export const mostStrata = 256

/** Flagged rows and all rows by stratum. */
export interface StratumCounts {
  up: Float64Array
  rows: Float64Array
}

/** What a unit needs of the row at hand. `spend`: mass a row of the whole detector, the same all through a block. */
export interface FlagRow {
  readonly row: number
  readonly spend: number
  readonly hour: number
  readonly segment: number
  uniform(n: number): number
  /** Did the baseline know its values of all segment keys? Else it is part of a launch, and nothing is known of its numbers. */
  familiar(): boolean
}

export function startFlagUnit(
  weight: number,
  up: number,
  rows: number,
  row: number,
  strata: FlagStrata = 'none',
  reach = { down: 0, up: 0 },
  home: StratumCounts | null = null,
): FlagUnit {
  const unit: FlagUnit = {
    weight,
    lane: 0,
    rarer: 1,
    strata,
    reachDown: reach.down,
    reachUp: reach.up,
    rare: new Float64Array(1),
    rows: new Float64Array(1),
    evidence: startEvidence(flagBets),
    hit: new Float64Array(flagBets),
    miss: new Float64Array(flagBets),
    w: 1,
    freshUntil: 0,
    synced: row,
    skipped: 0,
    flipAt: 0,
    flips: 0,
    run: 0,
    phase: 'armed',
    provisional: false,
    said: false,
    armedRow: row,
    seen: 0,
    expected: 0,
    hits: startHits(),
    approved: (up + 0.5) / (rows + 1),
    approvedUp: up,
    approvedRows: rows,
    home,
    level: 0,
    levelUp: 0,
    levelRows: 0,
    settled: 0,
    settledUp: 0,
    back: 0,
  }
  armFlag(unit, up, rows, row, home)
  return unit
}

/** Puts a level in force: `up` flagged of `rows` rows. Strata begin with what `byStratum` gives, or with nothing, and learn. */
export function armFlag(
  unit: FlagUnit,
  up: number,
  rows: number,
  row: number,
  byStratum: StratumCounts | null = null,
): void {
  unit.rarer = 2 * up > rows ? 0 : 1
  const size = unit.strata === 'none' ? 1 : unit.strata === 'past' ? pastStrata : mostStrata
  unit.rare = new Float64Array(size)
  unit.rows = new Float64Array(size)
  if (unit.strata === 'none') {
    unit.rare[0] = unit.rarer === 1 ? up : rows - up
    unit.rows[0] = rows
  } else if (byStratum) {
    for (let s = 0; s < size; s++) {
      unit.rows[s] = byStratum.rows[s] ?? 0
      unit.rare[s] = unit.rarer === 1 ? (byStratum.up[s] ?? 0) : (unit.rows[s] as number) - (byStratum.up[s] ?? 0)
    }
  }
  unit.evidence = startEvidence(flagBets)
  unit.phase = 'armed'
  unit.armedRow = row
  unit.seen = 0
  unit.expected = 0
  unit.hits = startHits()
  unit.level = (up + 0.5) / (rows + 1)
  unit.levelUp = up
  unit.levelRows = rows
  unit.back = 0
  unit.flipAt = -1
  refresh(unit, 0)
}

/** While no hit comes w falls: bets on more stay on the safe side with what it was, bets on less with what it will be when it is next worked out. */
export function refresh(unit: FlagUnit, s: number): void {
  const r = (unit.rare[s] as number) + 1
  const n = (unit.rows[s] as number) + 1
  const ahead = unit.strata === 'none' ? Math.max(stale * n, blockRows) : 0
  unit.w = r / n
  unit.freshUntil = n - 1 + ahead - blockRows
  payouts(unit.hit, unit.miss, unit.w, r / (n + ahead))
}

/** Is the evidence for more of the rarer side, or for less? */
export function moreOfRarer(unit: FlagUnit): boolean {
  let up = 0
  let down = 0
  for (let b = 0; b < flagBets; b++) {
    if (b < firstDown) up += unit.evidence.m[b] as number
    else down += unit.evidence.m[b] as number
  }
  return up >= down
}
