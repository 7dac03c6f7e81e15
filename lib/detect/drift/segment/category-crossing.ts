import type { Alarm } from '@/lib/detect/detector'
import { categoryAlarm } from '@/lib/detect/drift/category/alarm'
import { type RowRing, rowAt } from '@/lib/detect/drift/rows'
import { armCategory, odds, reportCategory } from '@/lib/detect/drift/segment/category-bets'
import { categorySegmentOf, countsSince, rowsSince } from '@/lib/detect/drift/segment/category-explain'
import type { CategoryUnit, SegmentCategoryState, ToldColumn } from '@/lib/detect/drift/segment/category-state'
import { withinSegment } from '@/lib/detect/drift/segment/words'

/** Rows of the segment before a new level is watched. */
const settleRows = 150

/** The evidence of a unit has passed: where it began, what it says, and re-arming. @returns null when it was said, is too small, or is a return. */
export function crossCategory(
  state: SegmentCategoryState,
  place: number,
  unit: CategoryUnit,
  rows: RowRing,
  row: number,
  least: number,
): Alarm | null {
  const { logE, threshold } = reportCategory(state, place)
  const column = state.columns[unit.column] as ToldColumn
  const { reference, provisional } = unit
  const before = sharesOf(reference)
  const onsetRow = onsetOf(state, unit, before, row)
  const current = countsSince(state, unit, onsetRow, row)
  const n = current.reduce((a, b) => a + b, 0)
  if (provisional && natsOf(current, sharesOf(unit.approved)) > natsOf(current, before)) {
    unit.provisional = false
    armCategory(state, place, unit, unit.approved, row + 1)
    return null
  }
  const found = categorySegmentOf(state, unit.column, onsetRow, row)
  // The first unit to speak of a change knew its onset best; a level that straddles it would alarm again.
  const known = onsetRow <= (state.said[unit.column] as number)
  unit.onsetRow = known ? Math.max(onsetRow, state.saidOnset[unit.column] as number) : onsetRow
  unit.provisional = true
  unit.phase = 'settling'
  unit.settled = countsSince(state, unit, unit.onsetRow, row).reduce((a, b) => a + b, 0)
  arm(state, place, unit, row)
  if (known) return null
  const crossing = { onsetRow, logE, threshold, current, reference, n, provisional }
  const alarm = categoryAlarm(column.name, crossing, column.book.names, rows, least)
  if (!alarm) return null
  state.said[unit.column] = row
  state.saidOnset[unit.column] = onsetRow
  const onset = rowAt(rows, onsetRow)
  const placed = { ...alarm, onsetIndex: onset.line, onsetTimeMs: onset.timeMs }
  if (found) return { ...withinSegment(placed, found), unit: `feature=${column.name} & ${found.key}=${found.value}` }
  const where = `${state.keys[unit.key]}=${state.values[unit.key]?.[unit.code]}`
  return {
    ...placed,
    unit: `feature=${column.name} & ${where}`,
    why: `${alarm.why}, seen first within ${where}; the other rows moved too, or are too few to tell`,
  }
}

/** A row of a unit whose new level is not watched yet. */
export function settleCategory(state: SegmentCategoryState, place: number, unit: CategoryUnit, row: number): void {
  unit.settled++
  arm(state, place, unit, row)
}

function arm(state: SegmentCategoryState, place: number, unit: CategoryUnit, row: number): void {
  if (unit.settled < settleRows) return
  const counts = countsSince(state, unit, unit.onsetRow, row)
  if (counts.reduce((a, b) => a + b, 0) >= 40) armCategory(state, place, unit, counts, row + 1)
}

const sharesOf = (counts: Float64Array): Float64Array => {
  const total = counts.reduce((a, b) => a + b, 0) + 0.5 * counts.length
  return counts.map((own) => (own + 0.5) / total)
}
const natsOf = (counts: Float64Array, shares: Float64Array): number =>
  counts.reduce((sum, own, c) => sum + own * Math.log(shares[c] as number), 0)

/** The split of the segment's rows that some bet explains best; then once more by what the shares became since. */
function onsetOf(state: SegmentCategoryState, unit: CategoryUnit, shares: Float64Array, row: number): number {
  const rows = rowsSince(state, unit, unit.armedRow, row)
  let best = Number.NEGATIVE_INFINITY
  let at = rows.length - 1
  const scan = (logs: Float64Array) => {
    let nats = 0
    for (let i = rows.length - 1; i >= 0; i--) {
      nats += logs[(rows[i] as { category: number }).category] as number
      if (nats <= best) continue
      best = nats
      at = i
    }
  }
  for (let on = 0; on < shares.length; on++)
    for (const value of odds) {
      const norm = 1 + (shares[on] as number) * (value - 1)
      scan(shares.map((_, c) => Math.log((c === on ? value : 1) / norm)))
    }
  const since = new Float64Array(shares.length)
  for (const { category } of rows.slice(Math.max(0, at))) since[category] = (since[category] as number) + 1
  const n = since.reduce((a, b) => a + b, 0)
  best = Number.NEGATIVE_INFINITY
  scan(shares.map((share, c) => Math.log(((since[c] as number) + 4 * share) / (n + 4) / share)))
  return rows[at]?.row ?? row
}
