import { categoryOf, codeOf, makeCodeBook } from '@/lib/detect/drift/code/book'
import { isSerialSeries } from '@/lib/detect/drift/joint/serial'
import { keyOrder } from '@/lib/detect/drift/key-order'
import { armCategory, mostBets } from '@/lib/detect/drift/segment/category-bets'
import {
  type CategoryUnit,
  codesOf,
  heldRows,
  mostCodes,
  noCategory,
  type SegmentCategoryState,
  type ToldColumn,
} from '@/lib/detect/drift/segment/category-state'
import { unknownValue } from '@/lib/detect/drift/segment/codes'
import type { SegmentBook } from '@/lib/detect/segments'
import type { Features } from '@/lib/event/types'

const mostColumns = 16
const mostUnits = 1024

/** Takes a row of the baseline. @param codes of its segment values by key. */
export function gatherCategoryRow(
  state: SegmentCategoryState,
  features: Features,
  keys: readonly string[],
  codes: ArrayLike<number>,
): void {
  while (state.keys.length < keys.length) {
    state.keys.push(keys[state.keys.length] as string)
    state.gatheredCodes.push(new Array<number>(state.rows).fill(unknownValue))
  }
  for (let k = 0; k < keys.length; k++) state.gatheredCodes[k]?.push(codes[k] as number)
  for (const name in features) {
    const category = categoryOf(features[name])
    if (category === null) continue
    let column = state.gathered.get(name)
    if (!column) {
      if (state.gathered.size >= mostColumns) continue
      column = []
      state.gathered.set(name, column)
    }
    while (column.length < state.rows) column.push(null)
    column.push(category)
  }
  state.rows++
}

/** The baseline is over: a unit for each column within each common segment value. */
export function completeCategoryUnits(
  state: SegmentCategoryState,
  book: SegmentBook,
  features: Features,
  row: number,
  params: { readonly mostValues: number; readonly fewestRows: number },
): void {
  state.phase = 'armed'
  for (const [name, values] of state.gathered) {
    while (values.length < state.rows) values.push(null)
    const told = tellColumn(name, values)
    if (told) state.columns.push(told)
  }
  state.order = keyOrder(features, new Map(state.columns.map(({ name }, slot) => [name, slot])))
  state.baseCodes = state.gatheredCodes.map((codes) => Uint8Array.from(codes))
  state.gathered = new Map()
  state.gatheredCodes = []
  for (const [key, codes] of state.baseCodes.entries()) {
    const names = [...(book.codes[key] as Map<string, number>).keys()].slice(0, 255)
    const first = new Int16Array(256).fill(-1)
    state.values.push(names)
    state.first.push(first)
    const counts = new Int32Array(256)
    for (const code of codes) counts[code] = (counts[code] as number) + 1
    const common = names
      .map((_, code) => code)
      .filter((code) => (counts[code] as number) >= params.fewestRows)
      .sort((a, b) => (counts[b] as number) - (counts[a] as number) || a - b)
      .slice(0, params.mostValues)
    // A key with one value says nothing that the feature alone does not.
    if (common.length === 0 || (counts[common[0] as number] as number) === codes.length) continue
    for (const code of common) {
      const units = state.columns.map((_, column) => unitOf(state, key, code, column, params.fewestRows))
      if (units.every((unit) => unit === null) || state.units.length + units.length > mostUnits) continue
      first[code] = state.units.length
      state.units.push(...units)
    }
  }
  const places = state.units.length
  state.counts = new Float64Array(places * mostCodes)
  state.m = new Float64Array(places * mostBets)
  state.mass = new Float64Array(places)
  state.updates = new Int32Array(places)
  for (const [place, unit] of state.units.entries()) if (unit) armCategory(state, place, unit, unit.approved, row)
  state.recent = state.columns.map(() => new Uint8Array(heldRows).fill(noCategory))
  state.codes = state.keys.map(() => new Uint8Array(heldRows).fill(unknownValue))
  state.said = new Float64Array(state.columns.length).fill(-1)
  state.saidOnset = new Float64Array(state.columns.length).fill(-1)
}

/** Null for a column that is constant, an identifier, or mostly no category. */
function tellColumn(name: string, values: readonly (string | null)[]): ToldColumn | null {
  const present = values.filter((value) => value !== null)
  const distinct = new Set(present).size
  if (present.length < values.length / 4 || distinct < 2 || distinct > present.length / 2) return null
  const whole = makeCodeBook(present)
  const names = whole.names.slice(0, mostCodes - 1)
  const book = { names, codes: new Map(names.map((value, code) => [value, code])) }
  return { name, book, base: Uint8Array.from(values, (value) => (value === null ? noCategory : codeOf(book, value))) }
}

function unitOf(
  state: SegmentCategoryState,
  key: number,
  code: number,
  at: number,
  fewest: number,
): CategoryUnit | null {
  const column = state.columns[at] as ToldColumn
  const own = state.baseCodes[key] as Uint8Array
  const mine = column.base.filter((category, row) => own[row] === code && category !== noCategory)
  if (mine.length < fewest) return null
  const approved = new Float64Array(codesOf(column))
  for (const category of mine) approved[category] = (approved[category] as number) + 1
  // Rows that hang on those before, by any category that tells something.
  for (const [category, count] of approved.entries())
    if (count >= 20 && isSerialSeries(Float64Array.from(mine, (c) => (c === category ? 1 : -1)))) return null
  return {
    key,
    code,
    column: at,
    phase: 'armed',
    provisional: false,
    approved,
    reference: approved,
    armedRow: 0,
    onsetRow: 0,
    settled: 0,
  }
}
