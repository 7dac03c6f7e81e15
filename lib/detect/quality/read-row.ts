import { placeOf } from '@/lib/detect/drift/key-order'
import { fieldsOf } from '@/lib/detect/fields'
import { type Channel, channels } from '@/lib/detect/quality/channel'
import { type Column, isAwake } from '@/lib/detect/quality/column'
import type { FlagRow, FlagUnit } from '@/lib/detect/quality/flag-unit'
import { skipFlag, syncFlag, watchFlag } from '@/lib/detect/quality/flag-watch'
import type { FlagState } from '@/lib/detect/quality/flags'
import { missingMark } from '@/lib/detect/quality/missing-alarm'
import { type NewKey, syncNewKeys, watchNewKey } from '@/lib/detect/quality/new-keys'
import { repeats } from '@/lib/detect/quality/repeat'
import { kindOf, typeOfKind } from '@/lib/detect/quality/value-kind'
import { beyondBelief } from '@/lib/detect/quality/value-range'
import type { Features } from '@/lib/event/types'

/** A flag whose evidence has passed at the row at hand. */
export type Crossed =
  | { readonly column: Column; readonly channel: Channel; readonly unit: FlagUnit }
  | { readonly column: null; readonly key: NewKey }

const none: Crossed[] = []
let crossed: Crossed[] = none

/** Reads every flag of a row. @returns those whose evidence has passed. */
export function readRow(state: FlagState, features: Features, at: FlagRow): Crossed[] {
  crossed = []
  const { columns, order } = state
  if (!order) return crossed
  let place = -1
  let met = 0
  const { count, names, values } = fieldsOf(features)
  for (let i = 0; i < count; i++) {
    const name = names[i] as string
    const value = values[i]
    const next = placeOf(order, name, place)
    if (next >= 0) place = next
    const slot = next < 0 ? -1 : (order.slots[next] as number)
    if (slot < 0) {
      if (value === null || value === undefined) continue
      const key = watchNewKey(state.newKeys, name, kindOf(value), state.scale, at)
      if (key) crossed.push({ column: null, key })
      continue
    }
    const column = columns[slot] as Column
    column.stamp = at.row
    met++
    if (value === null || value === undefined) readMissing(column, missingMark.null, at)
    else if (!column.awake && typeof value === 'number' && column.type === 1) readQuiet(column, value, at)
    else readValue(column, value, at)
  }
  if (met < columns.length)
    for (const column of columns) if (column.stamp !== at.row) readMissing(column, missingMark.absent, at)
  return crossed
}

/** Accounts for the runs of all flags at a block's end. */
export function syncColumns(state: FlagState, at: FlagRow, into: Crossed[]): void {
  for (const column of state.columns) {
    for (const channel of channels) {
      const unit = column[channel]
      if (unit && syncFlag(unit, at) && !into.some((c) => c.column === column && c.channel === channel))
        into.push({ column, channel, unit })
    }
    column.awake = isAwake(column)
  }
  syncNewKeys(state.newKeys, at)
}

function readMissing(column: Column, mark: number, at: FlagRow): void {
  flag(column, 'missing', column.missing, 1, mark, Number.NaN, at)
  if (column.schema) skipFlag(column.schema)
  skipNumber(column)
}

function skipNumber(column: Column): void {
  if (column.repeat) skipFlag(column.repeat)
  if (column.range) skipFlag(column.range)
  if (column.constant) skipFlag(column.constant)
}

/** A number where no flag is up unless it says so. */
function readQuiet(column: Column, value: number, at: FlagRow): void {
  const { bounds, memory } = column
  if (column.range) {
    if (value >= bounds.low && value <= bounds.high) bounds.last = value
    else if (at.familiar()) {
      const how = beyondBelief(bounds, value, at.row)
      if (how > 0) flag(column, 'range', column.range, 1, how, value, at)
    } else skipFlag(column.range)
  }
  if (memory && repeats(memory, value, at.segment) === 1) flag(column, 'repeat', column.repeat, 1, 0, value, at)
  if (column.constant && value !== column.only) flag(column, 'constant', column.constant, 1, 0, value, at)
}

function readValue(column: Column, value: number | string | boolean, at: FlagRow): void {
  flag(column, 'missing', column.missing, 0, 0, Number.NaN, at)
  if (typeof value === 'number' && column.type === 1) {
    flag(column, 'schema', column.schema, 0, 0, Number.NaN, at)
    const { low, high } = column.bounds
    if (column.range && !(value >= low && value <= high) && !at.familiar()) skipFlag(column.range)
    else if (column.range) {
      const how = beyondBelief(column.bounds, value, at.row)
      flag(column, 'range', column.range, how > 0 ? 1 : 0, how, value, at)
    }
    if (column.memory) flag(column, 'repeat', column.repeat, repeats(column.memory, value, at.segment), 0, value, at)
    if (column.constant) flag(column, 'constant', column.constant, value === column.only ? 0 : 1, 0, value, at)
    return
  }
  skipNumber(column)
  if (!column.schema) return
  const watched = column.format > 0 || typeof value === 'number' || typeof value === 'boolean' || column.type !== 3
  const kind = watched ? kindOf(value) : column.format
  const other = watched && (typeOfKind(kind) !== column.type || (column.format > 0 && kind !== column.format))
  flag(column, 'schema', column.schema, other ? 1 : 0, kind, Number.NaN, at)
}

function flag(
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
  if (value === 1) column.awake = isAwake(column)
}
