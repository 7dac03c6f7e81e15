import { slotsOf } from '@/lib/detect/drift/key-order'
import { fieldAt, fieldsOf } from '@/lib/detect/fields'
import type { Channel } from '@/lib/detect/quality/channel'
import type { Column } from '@/lib/detect/quality/column'
import type { FlagRow, FlagUnit } from '@/lib/detect/quality/flag-unit'
import { skipFlag, watchFlag } from '@/lib/detect/quality/flag-watch'
import type { FlagState } from '@/lib/detect/quality/flags'
import { isOrdinary, type Latest, lastOf, lookAt, noteBounds, noteNumber } from '@/lib/detect/quality/latest'
import { missingMark } from '@/lib/detect/quality/missing-alarm'
import { type NewKey, watchNewKey } from '@/lib/detect/quality/new-keys'
import { repeats } from '@/lib/detect/quality/repeat'
import { kindOf, typeOfKind } from '@/lib/detect/quality/value-kind'
import { beyondBelief, passOver } from '@/lib/detect/quality/value-range'
import type { Features, FeatureValue } from '@/lib/event/types'

/** A flag whose evidence has passed at the row at hand. */
export type Crossed =
  | { readonly column: Column; readonly channel: Channel; readonly unit: FlagUnit }
  | { readonly column: null; readonly key: NewKey }

const none: Crossed[] = []
let crossed: Crossed[] = none

/** Reads every flag of a row. @returns those whose evidence has passed. */
export function readRow(state: FlagState, features: Features, at: FlagRow): Crossed[] {
  crossed = []
  const { columns, order, latest } = state
  if (!order) return crossed
  const { stamp } = latest
  const fields = fieldsOf(features)
  const { count, names, others, numbers } = fields
  const slots = slotsOf(order, fields)
  const { row, segment } = at
  let met = 0
  for (let i = 0; i < count; i++) {
    const slot = slots[i] as number
    if (slot < 0) {
      const value = fieldAt(fields, i)
      if (value !== null && value !== undefined) readNewKey(state, names[i] as string, value, at)
      continue
    }
    stamp[slot] = row
    met++
    if (isOrdinary(latest, slot, others[i] as FeatureValue, numbers[i] as number, segment)) continue
    const value = fieldAt(fields, i)
    const column = columns[slot] as Column
    if (value === null || value === undefined) readMissing(latest, column, missingMark.null, at)
    else readValue(latest, column, value, at)
  }
  if (met < columns.length)
    for (const column of columns) if (stamp[column.slot] !== row) readMissing(latest, column, missingMark.absent, at)
  return crossed
}

function readNewKey(state: FlagState, name: string, value: FeatureValue, at: FlagRow): void {
  const key = watchNewKey(state.newKeys, name, kindOf(value), state.scale, at)
  if (key) crossed.push({ column: null, key })
}

function readMissing(latest: Latest, column: Column, mark: number, at: FlagRow): void {
  flag(latest, column, 'missing', column.missing, 1, mark, Number.NaN, at)
  if (column.schema) skipFlag(column.schema)
  skipNumber(column)
}

function skipNumber(column: Column): void {
  if (column.repeat) skipFlag(column.repeat)
  if (column.range) skipFlag(column.range)
  if (column.constant) skipFlag(column.constant)
}

/** A value that is not ordinary for all that is known, or of a column whose flags are read in every row. */
function readValue(latest: Latest, column: Column, value: number | string | boolean, at: FlagRow): void {
  flag(latest, column, 'missing', column.missing, 0, 0, Number.NaN, at)
  if (typeof value === 'number' && column.type === 1) {
    flag(latest, column, 'schema', column.schema, 0, 0, Number.NaN, at)
    readNumber(latest, column, value, at)
    noteBounds(latest, column)
    return
  }
  skipNumber(column)
  if (!column.schema) return
  const watched = column.format > 0 || typeof value === 'number' || typeof value === 'boolean' || column.type !== 3
  const kind = watched ? kindOf(value) : column.format
  const other = watched && (typeOfKind(kind) !== column.type || (column.format > 0 && kind !== column.format))
  flag(latest, column, 'schema', column.schema, other ? 1 : 0, kind, Number.NaN, at)
}

function readNumber(latest: Latest, column: Column, value: number, at: FlagRow): void {
  const { slot, bounds, memory, range, repeat, constant, only } = column
  if (range) {
    const last = lastOf(latest, slot)
    if (value >= bounds.low && value <= bounds.high) flag(latest, column, 'range', range, 0, 0, value, at)
    else if (at.familiar()) {
      const how = beyondBelief(bounds, value, last, at.row)
      flag(latest, column, 'range', range, how > 0 ? 1 : 0, how, value, at)
    } else {
      passOver(bounds, value, last)
      skipFlag(range)
    }
  }
  if (memory) flag(latest, column, 'repeat', repeat, repeats(memory, latest, slot, value, at.segment), 0, value, at)
  else noteNumber(latest, slot, value)
  if (constant) flag(latest, column, 'constant', constant, value === only ? 0 : 1, 0, value, at)
}

function flag(
  latest: Latest,
  column: Column,
  channel: Channel,
  unit: FlagUnit | null,
  value: 0 | 1,
  mark: number,
  number: number,
  at: FlagRow,
): void {
  if (!unit) return
  if (watchFlag(unit, value, mark, number, at)) crossed.push({ column, channel, unit })
  if (value === 0) return
  latest.near[column.slot] = 1
  lookAt(latest, column)
}
