import { startLevel } from '@/lib/detect/drift/level'
import { scoreOf, tieAt } from '@/lib/detect/drift/normal-scores'
import type { NumericUnit } from '@/lib/detect/drift/numeric/state'
import { whitenEach } from '@/lib/detect/drift/whiten'
import { clearEvidence } from '@/lib/evidence/e-detector'
import { startLearnedBets } from '@/lib/evidence/learned-bets'

/** Values of a new level before it is watched. */
const settleRows = 500
const settleBlocks = 40
const fewestWhite = 20
/** Block means of a baseline. */
export const fewestBlocks = 60

/** Puts a level in force, with no evidence against it yet. */
export function armOn(
  unit: NumericUnit,
  values: Float64Array,
  white: ArrayLike<number>,
  strata: ArrayLike<number> | null,
  row: number,
): void {
  unit.reference = values
  unit.level = startLevel(white, strata)
  restart(unit, row)
}

/** Arms on the level that is in force, with no evidence against it yet. */
export function restart(unit: NumericUnit, row: number): void {
  unit.learned = startLearnedBets()
  clearEvidence(unit.evidence)
  if (unit.alternative) {
    unit.alternative.m.fill(0)
    unit.alternative.before.fill(0)
    unit.alternative.learned = startLearnedBets()
  }
  unit.pending = 0
  unit.armedRow = row
  unit.lookRow = 0
  unit.phase = 'armed'
}

/** Arms on the level since the onset, once it has enough rows. */
export function settle(unit: NumericUnit, row: number): void {
  const { kind, size } = unit.whitener
  const needed = kind === 'block' ? Math.min(unit.recent.length, settleBlocks * size) : settleRows
  if (unit.settled < needed) return
  const level = levelSince(unit, row)
  if (level) armOn(unit, level.values, level.white, level.strata, row + 1)
}

/** The level of the rows since the onset, as far as they are held; null where they are too few. */
export function levelSince(
  unit: NumericUnit,
  row: number,
): { values: Float64Array; white: number[]; strata: number[] | null } | null {
  const rows = rowsSince(unit, unit.onsetRow, row)
  const values = rows.map((at) => unit.recent[at] as number)
  const { scores } = unit
  const scored = scores ? values.map((value, i) => scoreOf(scores, value, tieAt(i))) : values
  const whitened = whitenEach(unit.whitener, scored)
  const white: number[] = []
  const strata: number[] = []
  for (let i = 0; i < whitened.length; i++) {
    if (Number.isNaN(whitened[i])) continue
    white.push(whitened[i] as number)
    strata.push(unit.recentStrata[rows[i] as number] as number)
  }
  if (white.length < fewestWhite) return null
  const mixed = unit.whitener.kind !== 'block' && (unit.season !== null || unit.stratified)
  return { values: Float64Array.from(values).sort(), white, strata: mixed ? strata : null }
}

/** Values of the rows [from, row] that are held, in order. */
export function valuesSince(unit: NumericUnit, from: number, row: number): Float64Array {
  return Float64Array.from(rowsSince(unit, from, row), (at) => unit.recent[at] as number)
}

/** Places in `recent` of the rows [from, row] that have a value. */
function rowsSince(unit: NumericUnit, from: number, row: number): number[] {
  const { length } = unit.recent
  const places: number[] = []
  for (let r = Math.max(from, row - length + 1, 0); r <= row; r++) {
    if (!Number.isNaN(unit.recent[r % length])) places.push(r % length)
  }
  return places
}
