import { betsOf } from '@/lib/detect/drift/code/bets'
import { codesSince, isBack, mixedAs, returnToApproved, settle } from '@/lib/detect/drift/code/level'
import { codeOnset } from '@/lib/detect/drift/code/onset'
import type { CodeUnit } from '@/lib/detect/drift/code/unit'
import { reportEvidence } from '@/lib/evidence/report'

/** What is known when the evidence about codes has passed. */
export interface CodeCrossing {
  onsetRow: number
  logE: number
  threshold: number
  /** Counts by code since the onset, and of the level compared with; where strata differ, by their own shares in the mix of the rows since. */
  current: Float64Array
  reference: Float64Array
  n: number
  provisional: boolean
}

/** The evidence has passed: where it began, and what is watched from now on. @returns null when the codes are back at the approved baseline. */
export function cross(unit: CodeUnit, row: number, total: number): CodeCrossing | null {
  const { logE, threshold } = reportEvidence(unit.evidence, total)
  const onsetRow = codeOnset(unit, row, betsOf(unit.codes))
  const current = codesSince(unit, onsetRow, row)
  const n = current.reduce((a, b) => a + b, 0)
  const { counts, strata, reference, referenceStrata, provisional } = unit
  const expected = referenceStrata && !unit.chained ? mixedAs(unit, referenceStrata, onsetRow, row) : reference
  const crossing = { onsetRow, logE, threshold, current, reference: expected, n, provisional }
  unit.onsetRow = onsetRow
  if (unit.provisional && isBack(unit, onsetRow, row, current)) {
    unit.returnedRow = row
    returnToApproved(unit, row + 1)
    return null
  }
  const { evidence, alternative, observed, expected: expectedRows, decay } = unit
  const kept = structuredClone({ evidence, alternative, observed, expected: expectedRows, decay })
  const { total: rows, armedRow } = unit
  unit.fired = { counts, total: rows, strata, reference, referenceStrata, provisional, armedRow, ...kept }
  unit.provisional = true
  unit.phase = 'settling'
  unit.settled = n
  settle(unit, row)
  return crossing
}
