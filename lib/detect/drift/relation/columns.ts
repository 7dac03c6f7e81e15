import { chooseWhitener } from '@/lib/detect/drift/choose-whitener'
import { type KeyOrder, keyOrder, slotsOf } from '@/lib/detect/drift/key-order'
import { type Whitener, whiten } from '@/lib/detect/drift/whiten'
import { fieldsOf } from '@/lib/detect/fields'
import type { Features } from '@/lib/event/types'
import {
  binInBook,
  binInGrid,
  type EdgeGrid,
  edgeGrid,
  type GridBook,
  putGrid,
  startGridBook,
} from '@/lib/stats/edge-grid'
import { isFiniteNumber } from '@/lib/stats/finite'
import { quantileEdges } from '@/lib/stats/quantile-edges'

/**
 * The numeric columns of a model side by side, row by row: what detectors of relations between columns, or between columns and segments, read.
 * Each value is binned once a row, against quantiles of its column's baseline, after whitening where the column is serially correlated.
 */
export interface Columns {
  /** In order of first appearance in the baseline. */
  names: string[]
  slots: Map<string, number>
  /** Raw values while gathering, by column, NaN where a row has none. */
  gathered: number[][]
  rows: number
  /** Once complete; null: this column is not watched (too few numbers, constant, or too correlated to be whitened). */
  order: KeyOrder | null
  grids: (EdgeGrid | null)[]
  whiteners: Whitener[]
  /** Raw values of the baseline by column and row, in single precision, as every value here is compared. */
  base: Float32Array[]
}

/** No value, or a column that is not watched. */
export const noBin = 255

export const startColumns = (): Columns => ({
  names: [],
  slots: new Map(),
  gathered: [],
  rows: 0,
  order: null,
  grids: [],
  whiteners: [],
  base: [],
})

const largest = 3.4e38
/** A number as single precision holds it; NaN for anything else. */
const single = (value: unknown): number =>
  isFiniteNumber(value) ? Math.fround(Math.min(largest, Math.max(-largest, value))) : Number.NaN

/** Takes a row of the baseline. Columns beyond `most` are not kept. */
export function gatherColumns(columns: Columns, features: Features, most: number): void {
  for (const name in features) {
    const value = single(features[name])
    if (Number.isNaN(value)) continue
    let slot = columns.slots.get(name)
    if (slot === undefined) {
      if (columns.names.length >= most) continue
      slot = columns.names.length
      columns.slots.set(name, slot)
      columns.names.push(name)
      columns.gathered.push([])
    }
    const column = columns.gathered[slot] as number[]
    while (column.length < columns.rows) column.push(Number.NaN)
    column.push(value)
  }
  columns.rows++
}

/** The baseline is over. @returns the bins of its rows by column, `noBin` where there is none. */
export function completeColumns(columns: Columns, features: Features): Uint8Array[] {
  columns.order = keyOrder(features, columns.slots)
  const bins: Uint8Array[] = []
  for (const column of columns.gathered) {
    while (column.length < columns.rows) column.push(Number.NaN)
    const values = column.filter((value) => !Number.isNaN(value))
    const whitener = chooseWhitener(values)
    const white = whitenRows(whitener, column)
    const sorted = white.filter((value) => !Number.isNaN(value)).sort()
    const watched =
      values.length >= columns.rows / 4 && whitener.kind !== 'block' && sorted[0] !== sorted[sorted.length - 1]
    const grid = watched ? edgeGrid(middleEdges(sorted, 1)) : null
    columns.grids.push(grid)
    columns.whiteners.push(whitener)
    columns.base.push(Float32Array.from(column))
    bins.push(Uint8Array.from(white, (value) => (grid && !Number.isNaN(value) ? binInGrid(grid, value) : noBin)))
  }
  columns.gathered = []
  return bins
}

/**
 * Quantile edges moved to the middle between two values of the sample, at least `fewest` values apart. Edges on values would make the ranks of the
 * sample's own continuation too high at the top: a bin then ends where a value counts already.
 */
export function middleEdges(sorted: ArrayLike<number>, fewest: number): Float64Array {
  const edges: number[] = []
  let at = 0
  let since = 0
  for (const edge of quantileEdges(sorted)) {
    for (; at < sorted.length && (sorted[at] as number) <= edge; at++) since++
    if (since < fewest || at === sorted.length) continue
    const middle = edge + ((sorted[at] as number) - edge) / 2
    edges.push(Math.max(middle, edge))
    since = 0
  }
  return Float64Array.from(edges.length > 0 ? edges : [sorted[0] ?? 0])
}

/** Rows in order through a fresh copy of the whitener; NaN stays NaN. */
export function whitenRows(whitener: Whitener, raw: ArrayLike<number>): Float64Array {
  const copy: Whitener = { ...whitener, last: Number.NaN, sum: 0, held: 0 }
  return Float64Array.from(raw, (value) => (Number.isNaN(value) ? Number.NaN : whiten(copy, value, false)))
}

/** A row in hand: raw and whitened values and bins by column; overwritten by the next. */
export interface ColumnRow {
  readonly raw: Float32Array
  readonly white: Float64Array
  readonly bins: Uint8Array
}

export const columnRow = (most: number): ColumnRow => ({
  raw: new Float32Array(most),
  white: new Float64Array(most),
  bins: new Uint8Array(most),
})

/** Grids side by side: they follow from the columns, and are no part of the state. */
const books = new WeakMap<Columns, GridBook>()

function bookOf(columns: Columns): GridBook {
  const held = books.get(columns)
  if (held) return held
  const book = startGridBook(columns.grids.length)
  for (const [i, grid] of columns.grids.entries()) if (grid) putGrid(book, i, grid)
  books.set(columns, book)
  return book
}

/** Reads a row after the baseline into `row`. @returns how many watched columns have a value. */
export function readColumns(columns: Columns, features: Features, row: ColumnRow): number {
  const { order, grids, whiteners } = columns
  if (!order) return 0
  const { raw, white, bins } = row
  raw.fill(Number.NaN, 0, columns.names.length)
  bins.fill(noBin, 0, columns.names.length)
  const book = bookOf(columns)
  const fields = fieldsOf(features)
  const { count, numbers } = fields
  const slots = slotsOf(order, fields)
  let live = 0
  for (let i = 0; i < count; i++) {
    const slot = slots[i] as number
    const number = numbers[i] as number
    if (slot < 0 || Number.isNaN(number) || grids[slot] === null) continue
    const value = Math.fround(Math.min(largest, Math.max(-largest, number)))
    raw[slot] = value
    const whitener = whiteners[slot] as Whitener
    const seen = whitener.kind === 'raw' ? value : whiten(whitener, value, true)
    white[slot] = seen
    if (Number.isNaN(seen)) continue
    bins[slot] = binInBook(book, slot, seen)
    live++
  }
  return live
}
