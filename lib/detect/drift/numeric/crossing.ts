import { armOn, settle, valuesSince } from '@/lib/detect/drift/numeric/level'
import type { Crossing, NumericUnit } from '@/lib/detect/drift/numeric/state'
import { numericOnset } from '@/lib/detect/drift/onset'
import { boundEvidence, nextLook } from '@/lib/detect/drift/patience'
import { returned } from '@/lib/detect/drift/return'
import { reportEvidence } from '@/lib/evidence/report'

/** What comes of ΣM ≥ 1. */
export function passed(unit: NumericUnit, row: number, total: number): Crossing | null {
  if (!(row < unit.lookRow)) return cross(unit, row, total)
  const { alternative, evidence } = unit
  if (alternative) boundEvidence(total, evidence.m, alternative.m, alternative.before)
  else boundEvidence(total, evidence.m)
  return null
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
