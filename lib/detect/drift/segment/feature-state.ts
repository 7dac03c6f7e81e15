import { type RankBook, startRankBook } from '@/lib/detect/drift/rank-book'
import { type Columns, startColumns } from '@/lib/detect/drift/relation/columns'
import type { ColumnSeason } from '@/lib/detect/drift/segment/season'
import type { EdgeGrid } from '@/lib/stats/edge-grid'

/** One numeric feature within one value of a segment key. */
export interface SegmentUnit {
  /** Its place in the book of ranks, and among the units. */
  place: number
  key: number
  code: number
  feature: number
  phase: 'armed' | 'settling'
  /** It watches a level not approved. */
  provisional: boolean
  /** Its own edges on a provisional level; null: the feature's. */
  grid: EdgeGrid | null
  /** Counts of the level in force when it was armed, and of the approved baseline (by the feature's edges). */
  approved: Int32Array
  reference: Int32Array
  /** Raw values of the provisional level, sorted. */
  level: Float64Array
  armedRow: number
  onsetRow: number
  settled: number
}

export interface SegmentFeatureState {
  version: number
  phase: 'gathering' | 'armed' | 'off'
  columns: Columns
  /** In a seasonal model, by column; else empty. */
  seasons: (ColumnSeason | null)[]
  keys: string[]
  /** Names of the values of each key that have units, by code. */
  values: string[][]
  /** Codes of the baseline's rows by key; while gathering. */
  gatheredCodes: number[][]
  /** Row and event time of the gathered rows; of a long baseline one block in so many is kept. */
  gatheredRows: number[]
  gatheredTimes: number[]
  every: number
  baseCodes: Uint8Array[]
  /** First unit of a value by key and code, −1: none. A value has one unit a feature, null where the feature cannot be watched in it. */
  first: Int16Array[]
  units: (SegmentUnit | null)[]
  /** Counts and evidence of the units. */
  ranks: RankBook
  /** Rows held for onsets and effects: raw values by feature, and codes by key. */
  held: number
  recent: Float32Array[]
  codes: Uint8Array[]
  /** By feature: row of its last alarm, so that what began before is not said again; and that alarm's onset. */
  said: Float64Array
  saidOnset: Float64Array
}

export const startSegmentFeatures = (version: number): SegmentFeatureState => ({
  version,
  phase: 'gathering',
  columns: startColumns(),
  seasons: [],
  keys: [],
  values: [],
  gatheredCodes: [],
  gatheredRows: [],
  gatheredTimes: [],
  every: 1,
  baseCodes: [],
  first: [],
  units: [],
  ranks: startRankBook(0, 0),
  held: 0,
  recent: [],
  codes: [],
  said: new Float64Array(0),
  saidOnset: new Float64Array(0),
})
