import type { Alarm, Return } from '@/lib/detect/detector'
import { breakAlarm, breakReturn } from '@/lib/detect/drift/usual/alarm'
import { backSince, blameFor, isLevel, onsetOf } from '@/lib/detect/drift/usual/blame'
import type { UsualColumn } from '@/lib/detect/drift/usual/column'
import { conversionOf } from '@/lib/detect/drift/usual/conversion'
import { exchange, leaveOut, type Relations } from '@/lib/detect/drift/usual/relations'
import { exchangeSince } from '@/lib/detect/drift/usual/swap'
import { isDue, judgeChange, scales, settleChange, type Unusual } from '@/lib/detect/drift/usual/usual-change'
import type { Frame } from '@/lib/detect/frame'

/** Divides the mass of a line among the scales. */
export function spread(pending: Float64Array, mass: number): void {
  for (let s = 0; s < pending.length; s++) pending[s] = (pending[s] as number) + mass / pending.length
}

export interface Break {
  column: UsualColumn
  unusual: Unusual
}

/** Looks at every feature that wanders, at every scale that is due. @returns the most improbable break. */
export function judge(pending: Float64Array, relations: Relations): Break | null {
  const watched = relations.columns.filter((column) => column.wanders && column.out === 0)
  let worst: Break | null = null
  for (let s = 0; s < scales.length; s++) {
    const due = watched.filter((column) => isDue(column.changes, s))
    if (due.length === 0) continue
    const mass = (pending[s] as number) / watched.length
    for (const column of due) {
      const unusual = judgeChange(column.changes, s, mass)
      if (unusual && (!worst || unusual.logE > worst.unusual.logE)) worst = { column, unusual }
    }
    pending[s] = 0
  }
  return worst
}

/** Rows since the onset before a break is told. */
const toldRows = 8
/** And before one that may be an exchange is told as anything else. */
const decidedRows = 32

/** A break as an alarm, or two exchanged columns that are in their places again; null when it is too small, or a few wild rows. */
export function report(
  relations: Relations,
  { column, unusual }: Break,
  frame: Frame,
  leastEffect: number,
): Alarm | Return[] | null {
  const own = { column, before: unusual.before, after: unusual.after }
  const other = blameFor(relations, column, unusual)
  // One that would be too small to be said cannot have moved this one.
  const blamed = Math.abs(other.after - other.before) < leastEffect ? own : other
  const onset = onsetOf(relations, blamed.column, unusual.rows, blamed.before)
  // What it is, a shift or a fault, needs a few rows: the next block tells.
  if (relations.rows - onset < toldRows) return null
  const likely = exchangeSince(relations, relations.rows - 2 * unusual.rows)
  const swap = likely && likely.nats >= likely.rival ? likely : null
  // Neither ruled out nor the best account: more rows decide, unless a unit accounts for them better.
  const open = likely && !swap && 2 * likely.nats >= likely.rival && relations.rows - likely.onset < decidedRows
  if (open && (conversionOf(relations, blamed.column, onset)?.nats ?? 0) < likely.nats) return null
  const record = blamed.column.changes.record[unusual.scale] as number
  settleChange(column.changes, unusual)
  // A permutation of columns is no usual change, however small.
  if (!swap && Math.abs(blamed.after - blamed.before) < leastEffect) return null
  if (!swap && !isLevel(relations, blamed, onset)) return null
  for (const each of relations.columns) settleChange(each.changes, null)
  const began = swap?.onset ?? onset
  const alarm = breakAlarm(
    relations,
    blamed,
    { ...unusual, onset: began, record },
    frame.rows,
    rowIn(frame, relations, began),
    swap,
  )
  if (swap && alarm.kind === 'quality.swap') {
    if (exchange(relations, swap.pair, swap.onset)) return alarm
    const names = swap.pair.map((at) => (relations.columns[at] as UsualColumn).name)
    return names.map((name) => breakReturn(name, frame.rows, rowIn(frame, relations, swap.onset)))
  }
  blamed.column.left = blamed.before
  leaveOut(blamed.column)
  return alarm
}

/** The reported column that has come back, if there is one. */
export function returnOf(relations: Relations, frame: Frame): Return | null {
  for (const column of relations.columns) {
    const since = column.out > 0 && !Number.isNaN(column.left) ? backSince(relations, column) : -1
    if (since < 0) continue
    column.left = Number.NaN
    column.out = 0
    for (const each of relations.columns) settleChange(each.changes, null)
    return breakReturn(column.name, frame.rows, rowIn(frame, relations, since))
  }
  return null
}

/** The model's row of a row of the relations. */
const rowIn = (frame: Frame, relations: Relations, row: number): number => frame.row - (relations.rows - 1 - row)
