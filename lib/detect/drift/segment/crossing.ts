import { reportRanks } from '@/lib/detect/drift/rank-book'
import { bestSplit } from '@/lib/detect/drift/relation/split'
import { type Explanation, ranksIn, segmentOf } from '@/lib/detect/drift/segment/explain'
import type { SegmentFeatureState, SegmentUnit } from '@/lib/detect/drift/segment/feature-state'
import { baselineOf, rowsOf } from '@/lib/detect/drift/segment/rows'
import { armApproved, armProvisional, isReturn, settleRows } from '@/lib/detect/drift/segment/unit'

/** What is known when the evidence of a unit has passed. */
export interface SegmentCrossing {
  onsetRow: number
  logE: number
  threshold: number
  /** Raw values of the segment since the onset, and those of the level they left, sorted. */
  current: Float64Array
  reference: Float64Array
  provisional: boolean
  /** The segment value that explains the change alone; null when others moved too, or that cannot be told. */
  explanation: Explanation | null
}

/** The evidence of a unit has passed: where it began, and re-arming. @returns null when the values are back at the approved baseline. */
export function crossSegment(state: SegmentFeatureState, unit: SegmentUnit, row: number): SegmentCrossing | null {
  const { logE, threshold } = reportRanks(state.ranks, unit.place)
  const { rows, raw, white } = rowsOf(state, unit, unit.armedRow, row, true)
  const { at } = bestSplit(ranksIn(state, unit, white, rows))
  const onsetRow = rows[at] ?? row
  const current = raw.slice(at)
  const approved = baselineOf(state, unit)
  const { provisional } = unit
  const approvedRaw = approved.raw.slice().sort()
  if (isReturn(unit, approvedRaw, current)) {
    armApproved(state.ranks, unit, row + 1)
    return null
  }
  const explanation = segmentOf(state, state.columns.names[unit.feature] as string, onsetRow, row)
  const reference = provisional ? unit.level : approvedRaw
  unit.phase = 'settling'
  // The first unit to speak of a change knew its onset best; a level that straddles it would alarm again.
  const told = onsetRow <= (state.said[unit.feature] as number) ? (state.saidOnset[unit.feature] as number) : -1
  unit.onsetRow = Math.max(onsetRow, told)
  unit.settled = rows.length - rows.findIndex((r) => r >= unit.onsetRow)
  arm(state, unit, row)
  return { onsetRow, logE, threshold, current, reference, provisional, explanation }
}

/** A row of a unit whose new level is not watched yet. */
export function settleSegment(state: SegmentFeatureState, unit: SegmentUnit, row: number): void {
  unit.settled++
  arm(state, unit, row)
}

function arm(state: SegmentFeatureState, unit: SegmentUnit, row: number): void {
  if (unit.settled < settleRows) return
  const { raw, white } = rowsOf(state, unit, unit.onsetRow, row, true)
  if (white.length >= 20) armProvisional(state.ranks, unit, raw, white, row + 1)
}
