import { payHit, payMisses } from '@/lib/detect/quality/flag-bets'
import { addHit } from '@/lib/detect/quality/flag-hits'
import { backNats, settle } from '@/lib/detect/quality/flag-settle'
import { nextRun, pastStratum } from '@/lib/detect/quality/flag-strata'
import { type FlagRow, type FlagUnit, refresh } from '@/lib/detect/quality/flag-unit'
import { count } from '@/lib/evidence/e-detector'

const laneLength = 2 ** 40

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

/** Which stratum the row at hand belongs to. */
function stratumOf(unit: FlagUnit, at: FlagRow): number {
  if (unit.strata === 'past') return pastStratum(unit.run, unit.reachDown, unit.reachUp)
  return unit.strata === 'hour' ? at.hour : Math.min(at.segment, 255)
}
