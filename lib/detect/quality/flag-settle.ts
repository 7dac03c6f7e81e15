import { armFlag, type FlagUnit } from '@/lib/detect/quality/flag-unit'

/** Evidence, in nats, from which on the approved level counts as back. */
export const backNats = 12

/** Rows of a new level before it is in force; fewer when all of them are flagged, or none. */
const settleRows = 100
const settlePure = 20

/** Counts towards the new level, or, where one stands, weighs whether the approved one is back. @returns true while the row belongs to the settling. */
export function settle(unit: FlagUnit, flag: 0 | 1, rows: number, row: number): boolean {
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
