import { startDecay } from '@/lib/detect/drift/code/learned'
import { clearCodeAlternative } from '@/lib/detect/drift/code/other-day'
import { type CodeStrata, closerIn, countIn, countsIn, expectedIn, startStrata } from '@/lib/detect/drift/code/strata'
import type { CodeUnit } from '@/lib/detect/drift/code/unit'
import { nextLook } from '@/lib/detect/drift/patience'
import { clearEvidence } from '@/lib/evidence/e-detector'

/** The level of a unit of codes: what is in force, what is approved, and how one follows the other. */
export const noCode = 255
const settleRows = 500

/** Puts counts in force as a level, with no evidence against it. */
export function armOn(unit: CodeUnit, counts: Float64Array, strata: CodeStrata | null, row: number): void {
  unit.counts = counts.slice()
  unit.strata = strata && startStrata(strata.counts)
  unit.reference = counts.slice()
  unit.referenceStrata = strata
  unit.total = counts.reduce((a, b) => a + b, 0)
  restart(unit, row)
}

/** Arms on the counts that are in force, with no evidence against them yet. */
function restart(unit: CodeUnit, row: number): void {
  unit.observed.fill(0)
  unit.expected.fill(0)
  startDecay(unit.decay)
  clearEvidence(unit.evidence)
  if (unit.alternative) clearCodeAlternative(unit.alternative)
  unit.phase = 'armed'
  unit.armedRow = row
  unit.lookRow = 0
}

/** What fired is too small to matter: its level stays in force and goes on growing, and its evidence waits (drift/patience). At the row at which it fired. */
export function keepCodes(unit: CodeUnit, row: number): void {
  if (!unit.fired) return
  Object.assign(unit, unit.fired)
  unit.fired = null
  unit.phase = 'armed'
  unit.lookRow = nextLook(unit.onsetRow, row)
}

/** Arms on the level since the onset, once it has enough rows. */
export function settle(unit: CodeUnit, row: number): void {
  if (unit.settled < settleRows) return
  const strata = unit.approvedStrata && strataSince(unit, unit.onsetRow, row)
  armOn(unit, codesSince(unit, unit.onsetRow, row), strata, row + 1)
}

/**
 * Someone approved the level since the last finding as the new normal: it becomes the approved baseline.
 * @param row the next row. @returns whether there was such a level.
 */
export function adoptCodes(unit: CodeUnit, row: number): boolean {
  if (!unit.provisional) return false
  unit.before = { approved: unit.approved, approvedStrata: unit.approvedStrata }
  unit.approved = codesSince(unit, unit.onsetRow, row - 1)
  unit.approvedStrata = unit.approvedStrata && strataSince(unit, unit.onsetRow, row - 1)
  returnToApproved(unit, row)
  return true
}

/** Takes it back: the baseline before the last adoption counts again. @returns whether there was one. */
export function withdrawCodes(unit: CodeUnit, row: number): boolean {
  if (!unit.before) return false
  Object.assign(unit, unit.before)
  unit.before = null
  returnToApproved(unit, row)
  return true
}

/** Puts the approved baseline back in force: the change is over. */
export function returnToApproved(unit: CodeUnit, row: number): void {
  unit.provisional = false
  armOn(unit, unit.approved, unit.approvedStrata, row)
}

/** Counts by code of the rows [from, row] that are held. */
export function codesSince(unit: CodeUnit, from: number, row: number): Float64Array {
  const counts = new Float64Array(unit.codes)
  for (let r = Math.max(from, row - unit.came.length + 1, 0); r <= row; r++) {
    const code = unit.came[r % unit.came.length] as number
    if (code !== noCode) counts[code] = (counts[code] as number) + 1
  }
  return counts
}

function strataSince(unit: CodeUnit, from: number, row: number): CodeStrata {
  const since = startStrata([])
  for (let r = Math.max(from, row - unit.came.length + 1, 0); r <= row; r++) {
    const code = unit.came[r % unit.came.length] as number
    if (code === noCode) continue
    const stratum = unit.cameStrata[r % unit.came.length] as number
    countsIn(since, stratum, unit.codes)
    countIn(since, stratum, code)
  }
  return since
}

/** As many rows as the reference has, in the mix of strata of the rows since the onset. */
export function mixedAs(unit: CodeUnit, strata: CodeStrata, onsetRow: number, row: number): Float64Array {
  const expected = expectedIn(unit, strata, strataSince(unit, onsetRow, row))
  const sum = (counts: Float64Array) => counts.reduce((a, b) => a + b, 0)
  const scale = sum(unit.reference) / sum(expected)
  return expected.map((value) => value * scale)
}

/** Are the rows since the onset likelier under the approved baseline than under the level in force? */
export function isBack(unit: CodeUnit, onsetRow: number, row: number, current: Float64Array): boolean {
  const { approvedStrata, referenceStrata } = unit
  if (!approvedStrata || !referenceStrata) return closer(unit.approved, unit.reference, current)
  return closerIn(approvedStrata, referenceStrata, strataSince(unit, onsetRow, row), unit.codes) > 0
}

/** Are these codes likelier under the approved counts than under the provisional ones? */
function closer(approved: Float64Array, provisional: Float64Array, current: Float64Array): boolean {
  const a = approved.reduce((x, y) => x + y + 0.5, 0)
  const b = provisional.reduce((x, y) => x + y + 0.5, 0)
  let nats = 0
  for (let c = 0; c < current.length; c++)
    nats +=
      (current[c] as number) *
      Math.log(((((approved[c] as number) + 0.5) / a) * b) / ((provisional[c] as number) + 0.5))
  return nats > 0
}
