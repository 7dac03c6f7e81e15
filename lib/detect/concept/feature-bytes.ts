import { type KeyOrder, keyOrder, slotsOf } from '@/lib/detect/drift/key-order'
import { fieldsOf } from '@/lib/detect/fields'
import type { Features, FeatureValue } from '@/lib/event/types'
import {
  binInBook,
  binInGrid,
  type EdgeGrid,
  edgeGrid,
  type GridBook,
  putGrid,
  startGridBook,
} from '@/lib/stats/edge-grid'
import { quantileOf } from '@/lib/stats/quantile-edges'

/**
 * A row's features in a byte each, as the tree reads them and as days of open predictions can hold them: 16 quantile bins of a number, the 14
 * commonest categories, 0 for missing. Cut on the first rows.
 */
export interface FeatureBytes {
  names: string[]
  columns: Column[]
  order: KeyOrder
}

interface Column {
  grid: EdgeGrid | null
  codes: Map<string, number> | null
}

/** The first rows, by feature, in order of arrival; null where a row has no value. */
export type GatheredColumns = Map<string, (number | string | null)[]>

export const missing = 0
const bins = 16
const mostCategories = 14
const otherCategory = 15
const mostCharacters = 60
const mostGathered = 256

const plainValue = (value: FeatureValue | undefined): number | string | null => {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  if (typeof value === 'string') return value.length > mostCharacters ? value.slice(0, mostCharacters) : value
  return typeof value === 'boolean' ? String(value) : null
}

export function gatherColumns(columns: GatheredColumns, features: Features, row: number): void {
  for (const name in features) {
    const value = plainValue(features[name])
    if (value === null) continue
    let column = columns.get(name)
    if (!column) {
      if (columns.size >= mostGathered) continue
      column = []
      columns.set(name, column)
    }
    while (column.length < row) column.push(null)
    column[row] = value
  }
}

/** At most `most` columns, those that tell most about the model's own predictions first. @param classes code of each row's prediction. */
export function makeFeatureBytes(
  gathered: GatheredColumns,
  rows: number,
  classes: ArrayLike<number>,
  most: number,
): FeatureBytes {
  const all: { name: string; column: Column; tells: number; at: number }[] = []
  let at = 0
  for (const [name, values] of gathered) {
    const column = makeColumn(values, rows)
    if (column) all.push({ name, column, tells: 0, at })
    at++
  }
  if (all.length > most) {
    for (const one of all) one.tells = dependence(one.column, gathered.get(one.name) ?? [], classes, rows)
    all.sort((a, b) => b.tells - a.tells || a.at - b.at)
    all.length = most
    all.sort((a, b) => a.at - b.at)
  }
  const names = all.map((one) => one.name)
  const order = keyOrder({}, new Map(names.map((name, slot) => [name, slot])))
  return { names, columns: all.map((one) => one.column), order }
}

/** Null for a column that is mostly missing, constant, or like an identifier. */
function makeColumn(values: readonly (number | string | null)[], rows: number): Column | null {
  const numbers: number[] = []
  const counts = new Map<string, number>()
  for (const value of values) {
    if (typeof value === 'number') numbers.push(value)
    else if (value !== null && value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1)
  }
  if (numbers.length >= rows / 4) {
    const sorted = Float64Array.from(numbers).sort()
    const edges = new Set<number>()
    for (let i = 1; i < bins; i++) edges.add(quantileOf(sorted, i / bins))
    if (sorted[0] === sorted[sorted.length - 1]) return null
    return { grid: edgeGrid(Float64Array.from(edges)), codes: null }
  }
  let strings = 0
  for (const count of counts.values()) strings += count
  if (strings < rows / 4 || counts.size > 0.5 * strings || counts.size < 2) return null
  const common = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, mostCategories)
  return { grid: null, codes: new Map(common.map(([name], code) => [name, code + 1])) }
}

function byteOf(column: Column, value: number | string | null): number {
  if (value === null) return missing
  if (column.grid) return typeof value === 'number' ? 1 + binInGrid(column.grid, value) : missing
  return typeof value === 'string' ? (column.codes?.get(value) ?? otherCategory) : missing
}

/** Writes the row's bytes from `at` on. */
export function writeBytes(book: FeatureBytes, features: Features, into: Uint8Array, at: number): void {
  into.fill(missing, at, at + book.columns.length)
  if (book.order.keys.length > 0 && book.order.keys === book.names) book.order = orderOf(book, features)
  const fields = fieldsOf(features)
  const { count, numbers, others } = fields
  const slots = slotsOf(book.order, fields)
  const { grids, coded } = readingOf(book)
  for (let i = 0; i < count; i++) {
    const slot = slots[i] as number
    if (slot < 0) continue
    const number = numbers[i] as number
    if (coded[slot] === 1) {
      if (Number.isNaN(number)) into[at + slot] = byteOf(book.columns[slot] as Column, plainValue(others[i]))
    } else if (!Number.isNaN(number)) into[at + slot] = 1 + binInBook(grids, slot, number)
  }
}

/** Grids side by side, and which columns have codes: no part of the state. */
const readings = new WeakMap<readonly Column[], { grids: GridBook; coded: Uint8Array }>()

function readingOf({ columns }: FeatureBytes) {
  const held = readings.get(columns)
  if (held) return held
  const grids = startGridBook(columns.length)
  for (const [i, { grid }] of columns.entries()) if (grid) putGrid(grids, i, grid)
  const made = { grids, coded: Uint8Array.from(columns, ({ codes }) => +!!codes) }
  readings.set(columns, made)
  return made
}

export const orderOf = (book: FeatureBytes, row: Features): KeyOrder =>
  keyOrder(row, new Map(book.names.map((name, slot) => [name, slot])))

/** Of a gathered row. */
export function writeGathered(
  book: FeatureBytes,
  gathered: GatheredColumns,
  row: number,
  into: Uint8Array,
  at: number,
): void {
  for (const [slot, name] of book.names.entries())
    into[at + slot] = byteOf(book.columns[slot] as Column, gathered.get(name)?.[row] ?? null)
}

/** χ² of the column's bytes against the prediction's class, less what chance gives, in standard deviations. */
function dependence(
  column: Column,
  values: readonly (number | string | null)[],
  classes: ArrayLike<number>,
  rows: number,
): number {
  const table = new Map<number, number>()
  const byByte = new Map<number, number>()
  const byClass = new Map<number, number>()
  for (let row = 0; row < rows; row++) {
    const byte = byteOf(column, values[row] ?? null)
    const code = Math.min(classes[row] as number, 15)
    table.set(16 * byte + code, (table.get(16 * byte + code) ?? 0) + 1)
    byByte.set(byte, (byByte.get(byte) ?? 0) + 1)
    byClass.set(code, (byClass.get(code) ?? 0) + 1)
  }
  let chi = 0
  for (const [byte, n] of byByte) {
    for (const [code, m] of byClass) {
      const expected = (n * m) / rows
      chi += ((table.get(16 * byte + code) ?? 0) - expected) ** 2 / expected
    }
  }
  const freedom = Math.max(1, (byByte.size - 1) * (byClass.size - 1))
  return (chi - freedom) / Math.sqrt(2 * freedom)
}
