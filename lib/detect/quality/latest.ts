import { channels } from '@/lib/detect/quality/channel'
import type { Column } from '@/lib/detect/quality/column'
import { kindOf } from '@/lib/detect/quality/value-kind'
import type { FeatureValue } from '@/lib/event/types'

/**
 * What an ordinary value of each column is, and the latest numbers, side by side: nearly every value of a row is known to be ordinary by a few comparisons,
 * and nothing else of its column is touched.
 */
export interface Latest {
  /** By column: how a value is known to be ordinary (`checks`), and the kind of its strings where all had one. */
  check: Uint8Array
  format: Uint8Array
  /** Four a column: least and greatest ordinary number, the latest one, and how far that had moved. */
  numbers: Float64Array
  /** The latest number and its move by segment value and column, of so many values. */
  bySegment: Float64Array
  segments: number
  /** By column: the row that last had the key; and whether its flags are accounted for often (lib/detect/quality/sync.ts). */
  stamp: Float64Array
  near: Uint8Array
}

/** `full`: never known beforehand. `moving`: a number that does not repeat. */
const checks = { full: 0, number: 1, moving: 2, text: 3, boolean: 4 } as const
const mostSegments = 64

export const startLatest = (columns: number, segments: number): Latest => {
  const held = segments > 1 && segments <= mostSegments ? segments : 0
  return {
    check: new Uint8Array(columns),
    format: new Uint8Array(columns),
    numbers: new Float64Array(4 * columns).fill(Number.NaN),
    bySegment: new Float64Array(2 * columns * held).fill(Number.NaN),
    segments: held,
    stamp: new Float64Array(columns).fill(-1),
    near: new Uint8Array(columns),
  }
}

/** The latest number of a column; NaN before the first. */
export const lastOf = ({ numbers }: Latest, slot: number): number => numbers[4 * slot + 2] as number

export function noteNumber({ numbers }: Latest, slot: number, value: number): void {
  numbers[4 * slot + 2] = value
}

/** A number that may be the latest again, of all rows or of its segment's. @returns the larger move before it where it is; −1 where it is not. Remembers it. */
export function moveBefore(latest: Latest, slot: number, value: number, segment: number): number {
  const all = again(latest.numbers, 4 * slot + 2, value)
  if (segment >= latest.segments) return all
  return Math.max(all, again(latest.bySegment, placeOf(latest, slot, segment), value))
}

function again(at: Float64Array, place: number, value: number): number {
  const last = at[place] as number
  if (value === last) return at[place + 1] as number
  at[place] = value
  at[place + 1] = moveFrom(last, value)
  return -1
}

/** No move is known from the first number. */
const moveFrom = (last: number, value: number): number => {
  const move = Math.abs(value - last)
  return Number.isNaN(move) ? 0 : move
}

const placeOf = ({ check }: Latest, slot: number, segment: number): number => 2 * (segment * check.length + slot)

/** Has it a flag that must be read although it is not up? */
const isAwake = (column: Column): boolean =>
  channels.some((channel) => {
    const unit = column[channel]
    return unit !== null && (unit.strata !== 'none' || unit.rarer === 0)
  })

/** How values of a column are known to be ordinary from now on. */
export function lookAt(latest: Latest, column: Column): void {
  const { check, format } = latest
  const { slot, type, memory } = column
  format[slot] = column.format
  noteBounds(latest, column)
  if (isAwake(column)) check[slot] = checks.full
  else if (type === 1) check[slot] = memory ? checks.moving : checks.number
  else check[slot] = type === 3 ? checks.text : checks.boolean
}

/** Numbers outside of what a column ever had, but for one, are not ordinary: they are to be noted. */
export function noteBounds({ numbers }: Latest, { slot, bounds, memory, constant, only }: Column): void {
  numbers[4 * slot] = constant ? only : Math.max(bounds.low, memory ? memory.low[1] : bounds.low)
  numbers[4 * slot + 1] = constant ? only : Math.min(bounds.high, memory ? memory.high[1] : bounds.high)
}

/** Does the value raise no flag? Then it is remembered. @param x as a number; NaN for what is none. */
export function isOrdinary(latest: Latest, slot: number, value: FeatureValue, x: number, segment: number): boolean {
  const how = latest.check[slot] as number
  if (how === checks.number || how === checks.moving) {
    const { numbers } = latest
    const at = 4 * slot
    if (!(x >= (numbers[at] as number) && x <= (numbers[at + 1] as number))) return false
    if (how === checks.moving) {
      const last = numbers[at + 2] as number
      if (x === last) return false
      if (segment < latest.segments) {
        const { bySegment } = latest
        const own = placeOf(latest, slot, segment)
        const before = bySegment[own] as number
        if (x === before) return false
        bySegment[own] = x
        bySegment[own + 1] = moveFrom(before, x)
      }
      numbers[at + 3] = moveFrom(last, x)
    }
    numbers[at + 2] = x
    return true
  }
  if (how === checks.text) {
    const format = latest.format[slot] as number
    return typeof value === 'string' && (format === 0 || kindOf(value) === format)
  }
  return how === checks.boolean && typeof value === 'boolean' && latest.format[slot] === 0
}
