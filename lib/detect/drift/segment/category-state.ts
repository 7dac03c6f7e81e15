import type { CodeBook } from '@/lib/detect/drift/code/book'
import type { KeyOrder } from '@/lib/detect/drift/key-order'

/** A category column: its commonest values have a code each, the others share the last one. */
export interface ToldColumn {
  name: string
  book: CodeBook
  /** Codes of the baseline's rows, `noCategory` where a row has none. */
  base: Uint8Array
}

/** One category column within one value of a segment key. */
export interface CategoryUnit {
  key: number
  code: number
  column: number
  phase: 'armed' | 'settling'
  /** It watches a level not approved. */
  provisional: boolean
  approved: Float64Array
  /** Counts of the level in force when it was armed. */
  reference: Float64Array
  armedRow: number
  onsetRow: number
  settled: number
}

export interface SegmentCategoryState {
  version: number
  phase: 'gathering' | 'armed' | 'off'
  /** While gathering: categories by column and row, codes of segment values by key and row. */
  gathered: Map<string, (string | null)[]>
  gatheredCodes: number[][]
  rows: number
  keys: string[]
  /** Names of the values of each key, by code; codes of the baseline's rows by key. */
  values: string[][]
  baseCodes: Uint8Array[]
  columns: ToldColumn[]
  order: KeyOrder | null
  /** First unit of a value by key and code, −1: none. A value has one unit a column, null where it cannot be watched in it. */
  first: Int16Array[]
  units: (CategoryUnit | null)[]
  /** Growing counts by unit and code, evidence by unit and bet; mass and updates since a unit was armed. */
  counts: Float64Array
  m: Float64Array
  mass: Float64Array
  updates: Int32Array
  /** Rows held for onsets: codes by column, and by key. */
  recent: Uint8Array[]
  codes: Uint8Array[]
  /** By column: row of its last alarm, so that what began before is not said again; and that alarm's onset. */
  said: Float64Array
  saidOnset: Float64Array
}

export const noCategory = 255
export const heldRows = 8192
/** Codes of a column, the last one for all other values. */
export const mostCodes = 8

export const startSegmentCategories = (version: number): SegmentCategoryState => ({
  version,
  phase: 'gathering',
  gathered: new Map(),
  gatheredCodes: [],
  rows: 0,
  keys: [],
  values: [],
  baseCodes: [],
  columns: [],
  order: null,
  first: [],
  units: [],
  counts: new Float64Array(0),
  m: new Float64Array(0),
  mass: new Float64Array(0),
  updates: new Int32Array(0),
  recent: [],
  codes: [],
  said: new Float64Array(0),
  saidOnset: new Float64Array(0),
})

export const codesOf = (column: ToldColumn): number => column.book.names.length + 1
