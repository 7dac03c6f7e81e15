import { firstDown, flagBets, payHit, payMisses, payouts } from '@/lib/detect/quality/flag-bets'
import { addHit, type FlagHits, startHits } from '@/lib/detect/quality/flag-hits'
import { type FlagStrata, nextRun, pastStrata, pastStratum } from '@/lib/detect/quality/flag-strata'
import { count, type Evidence, startEvidence } from '@/lib/evidence/e-detector'

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

export const blockRows = 64
/** By what part the rows may grow before w is worked out anew. */
const stale = 0.05
const laneLength = 2 ** 40
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

/** Which stratum the row at hand belongs to. */
function stratumOf(unit: FlagUnit, at: FlagRow): number {
  if (unit.strata === 'past') return pastStratum(unit.run, unit.reachDown, unit.reachUp)
  return unit.strata === 'hour' ? at.hour : Math.min(at.segment, 255)
}

/** While no hit comes w falls: bets on more stay on the safe side with what it was, bets on less with what it will be when it is next worked out. */
function refresh(unit: FlagUnit, s: number): void {
  const r = (unit.rare[s] as number) + 1
  const n = (unit.rows[s] as number) + 1
  const ahead = unit.strata === 'none' ? Math.max(stale * n, blockRows) : 0
  unit.w = r / n
  unit.freshUntil = n - 1 + ahead - blockRows
  payouts(unit.hit, unit.miss, unit.w, r / (n + ahead))
}

/**
 * Takes the flag of the row at hand. `mark` and `value`: what the row showed. @returns true when the evidence has passed, or the approved level is back
 * (`back` ≥ `backNats`).
 */
export function watchFlag(unit: FlagUnit, flag: 0 | 1, mark: number, value: number, at: FlagRow): boolean {
  if (unit.strata !== 'none') return watchDirect(unit, flag, mark, value, at)
  if (flag !== unit.rarer) return false
  passRun(unit, at.row - 1, at)
  unit.synced = at.row - 1
  // A level that came into force within the run may have the other side as its rarer one.
  if (flag !== unit.rarer) return false
  unit.synced = at.row
  unit.seen++
  unit.expected += unit.w
  addHit(unit.hits, at.row, unit.seen, unit.expected, mark, value)
  if (settle(unit, flag, 1, at.row)) return false
  count(unit.evidence, at.spend * unit.weight)
  const total = payHit(unit.evidence.m, unit.hit, at.spend * unit.weight)
  unit.rare[0] = (unit.rare[0] as number) + 1
  unit.rows[0] = (unit.rows[0] as number) + 1
  refresh(unit, 0)
  return total >= 1 || unit.back >= backNats
}

/** The row at hand does not have the flag at all. */
export function skipFlag(unit: FlagUnit): void {
  unit.skipped++
}

/** Accounts for all rows up to the one at hand; at a block's end. @returns as `watchFlag`. */
export function syncFlag(unit: FlagUnit, at: FlagRow): boolean {
  if (unit.strata !== 'none') return false
  const total = passRun(unit, at.row, at)
  unit.synced = at.row
  unit.skipped = 0
  if (unit.phase === 'settling') return false
  if ((unit.rows[0] as number) > unit.freshUntil) refresh(unit, 0)
  return total >= 1 || unit.back >= backNats
}

/** The run of commoner rows since the last account, up to and with `row`. @returns ΣM. */
function passRun(unit: FlagUnit, row: number, at: FlagRow): number {
  const run = row - unit.synced - unit.skipped
  unit.skipped = 0
  if (run <= 0) return 0
  unit.seen += run
  unit.expected += run * unit.w
  if (settle(unit, unit.rarer === 1 ? 0 : 1, run, row)) return 0
  const mass = at.spend * unit.weight
  const { evidence } = unit
  evidence.mass += run * mass
  evidence.updates += run
  let common = (unit.rows[0] as number) - (unit.rare[0] as number)
  let left = run
  let total = 0
  if (unit.flipAt < common) drawFlip(unit, common, at)
  while (unit.flipAt < common + left) {
    const until = unit.flipAt - common
    if (until > 0) payMisses(evidence.m, unit.miss, until, mass)
    total = payHit(evidence.m, unit.hit, mass)
    left -= until + 1
    common += until + 1
    drawFlip(unit, common, at)
  }
  if (left > 0) total = payMisses(evidence.m, unit.miss, left, mass)
  unit.rows[0] = (unit.rows[0] as number) + run
  return total
}

/** P(no flip while the count goes from a to b) = Π c/(c + 1) = a/b. */
function drawFlip(unit: FlagUnit, common: number, at: FlagRow): void {
  unit.flipAt = Math.floor(common / at.uniform(unit.lane * laneLength + unit.flips++))
}

function watchDirect(unit: FlagUnit, flag: 0 | 1, mark: number, value: number, at: FlagRow): boolean {
  const s = stratumOf(unit, at)
  refresh(unit, s)
  unit.run = nextRun(unit.run, flag)
  unit.synced = at.row
  unit.seen++
  unit.expected += unit.w
  const rare = flag === unit.rarer
  if (rare) addHit(unit.hits, at.row, unit.seen, unit.expected, mark, value)
  if (settle(unit, flag, 1, at.row)) return false
  const mass = at.spend * unit.weight
  count(unit.evidence, mass)
  const common = (unit.rows[s] as number) - (unit.rare[s] as number)
  const hit = rare || at.uniform(unit.lane * laneLength + at.row) * (common + 1) < 1
  const total = hit ? payHit(unit.evidence.m, unit.hit, mass) : payMisses(unit.evidence.m, unit.miss, 1, mass)
  unit.rows[s] = (unit.rows[s] as number) + 1
  if (rare) unit.rare[s] = (unit.rare[s] as number) + 1
  return total >= 1 || unit.back >= backNats
}

export const backNats = 12

/** Rows of a new level before it is in force; fewer when all of them are flagged, or none. */
const settleRows = 100
const settlePure = 20

/** Counts towards the new level, or, where one stands, weighs whether the approved one is back. @returns true while the row belongs to the settling. */
function settle(unit: FlagUnit, flag: 0 | 1, rows: number, row: number): boolean {
  if (unit.phase === 'settling') {
    unit.settled += rows
    unit.settledUp += flag * rows
    const pure = unit.settledUp === unit.settled || unit.settledUp === 0
    if (unit.settled >= (pure ? settlePure : settleRows)) {
      armFlag(unit, unit.settledUp, unit.settled, row + 1)
      unit.synced = row
    }
    return true
  }
  if (!unit.provisional) return false
  unit.settled += rows
  unit.settledUp += flag * rows
  const level = levelSince(unit)
  const p = flag === 1 ? unit.approved : 1 - unit.approved
  const q = flag === 1 ? level : 1 - level
  unit.back = Math.max(0, unit.back + rows * Math.log(p / q))
  return false
}

/** Share of flagged rows since the last change. */
export const levelSince = (unit: FlagUnit): number => (unit.settledUp + 0.5) / (unit.settled + 1)

/** After an alarm, said or not: the unit settles on the level since the onset. */
export function settleFlag(unit: FlagUnit, up: number, rows: number, row: number): void {
  unit.provisional = true
  unit.phase = 'settling'
  unit.settled = rows
  unit.settledUp = up
  unit.synced = row
  settle(unit, 0, 0, row)
}

/** Puts the approved level back in force. */
export function bringHome(unit: FlagUnit, row: number): void {
  unit.provisional = false
  armFlag(unit, unit.approvedUp, unit.approvedRows, row + 1, unit.home)
  unit.synced = row
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
