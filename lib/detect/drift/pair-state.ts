import { type Columns, startColumns } from '@/lib/detect/drift/relation-columns'
import type { Evidence } from '@/lib/evidence/e-detector'
import type { RunningCounts } from '@/lib/stats/running-counts'

/** Two numeric features whose dependence is watched. */
export interface PairUnit {
  /** Places among the features in use. */
  a: number
  b: number
  /** Correlation of their normal scores in the baseline. */
  rho: number
  /** Its part of a block's mass. */
  part: number
  phase: 'armed' | 'settling' | 'off'
  provisional: boolean
  /** Block values of the approved baseline and of the level in force, sorted. */
  approved: Float32Array
  level: Float32Array
  edges: Float64Array
  counts: RunningCounts
  /** Counts of the level in force when it was armed. */
  reference: Int32Array
  total: number
  evidence: Evidence
  armedBlock: number
  onsetBlock: number
  /** Block values by block; NaN where there is none. */
  recent: Float32Array
}

export interface PairState {
  version: number
  phase: 'gathering' | 'armed' | 'off'
  columns: Columns
  /** Columns in use, and the normal score of each of their bins. */
  used: number[]
  scores: Float64Array[]
  pairs: PairUnit[]
  /** The block that fills: sums of products by pair and of squares by feature, its rows and its mass. */
  products: Float64Array
  squares: Float64Array
  rows: number
  mass: number
  /** Blocks so far, and the first row of the latest ones. */
  blocks: number
  firstRows: Float64Array
}

/** Rows of a block: enough that its mean is close to normal and short correlation fades, few enough that a strong change shows within a dozen rows. */
export const blockRows = 8
export const heldBlocks = 1024

export const startPairs = (version: number): PairState => ({
  version,
  phase: 'gathering',
  columns: startColumns(),
  used: [],
  scores: [],
  pairs: [],
  products: new Float64Array(0),
  squares: new Float64Array(0),
  rows: 0,
  mass: 0,
  blocks: 0,
  firstRows: new Float64Array(0),
})
