import { armOn, levelSince } from '@/lib/detect/drift/numeric/level'
import type { NumericUnit } from '@/lib/detect/drift/numeric/state'

/** An approved baseline that gave way to an adopted level. */
export type GivenWay = Pick<NumericUnit, 'approved' | 'approvedWhite' | 'approvedStrata'>

/**
 * Someone approved the level since the last finding as the new normal: it becomes the approved baseline, and values that go back are a change.
 * @param row the next row. @returns whether there was such a level; nothing happens where the baseline in force is approved.
 */
export function adoptLevel(unit: NumericUnit, row: number): boolean {
  if (!unit.provisional) return false
  const level = levelSince(unit, row - 1)
  if (!level) return false
  unit.before = { approved: unit.approved, approvedWhite: unit.approvedWhite, approvedStrata: unit.approvedStrata }
  unit.approved = level.values
  unit.approvedWhite = Float64Array.from(level.white)
  unit.approvedStrata = level.strata && Uint8Array.from(level.strata)
  unit.provisional = false
  unit.fired = null
  armOn(unit, unit.approved, unit.approvedWhite, unit.approvedStrata, row)
  return true
}

/** Takes it back: the baseline before the last adoption counts again. @returns whether there was one. */
export function withdrawLevel(unit: NumericUnit, row: number): boolean {
  const { before } = unit
  if (!before) return false
  unit.before = null
  Object.assign(unit, before)
  unit.provisional = false
  unit.fired = null
  armOn(unit, unit.approved, unit.approvedWhite, unit.approvedStrata, row)
  return true
}
