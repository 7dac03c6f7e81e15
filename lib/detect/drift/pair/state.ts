import { type RankBook, startRankBook } from '@/lib/detect/drift/rank-book'
import { type Columns, startColumns } from '@/lib/detect/drift/relation/columns'

/** Two numeric features whose dependence is watched: what is seldom read. The rest lies side by side in the state. */
export interface PairUnit {
  /** Its place in the book of ranks, and among the pairs. */
  place: number
  /** Places among the features in use. */
  a: number
  b: number
  provisional: boolean
  /** Block values of the approved baseline and of the level in force, sorted. */
  approved: Float32Array
  level: Float32Array
  /** Counts of the level in force when it was armed. */
  reference: Int32Array
  armedBlock: number
  onsetBlock: number
}

export interface PairState {
  version: number
  phase: 'gathering' | 'armed' | 'off'
  columns: Columns
  /** Columns in use, and the normal score of each of their bins: `mostBins` a column. */
  used: number[]
  scores: Float64Array
  pairs: PairUnit[]
  /** By pair: `pairPhases`, correlation of the normal scores in the baseline, part of a block's mass. */
  phases: Uint8Array
  rho: Float64Array
  part: Float64Array
  /** Counts and evidence of the pairs; edges of their bins, `mostBins` a pair, infinite beyond the last. */
  ranks: RankBook
  edges: Float32Array
  /** Block values, a row of all pairs a block; NaN where there is none. */
  recent: Float32Array
  /** The block that fills: normal scores by feature in use and row, its rows and its mass. */
  filling: Float64Array
  rows: number
  mass: number
  /** Blocks so far, and the first row of the latest ones. */
  blocks: number
  firstRows: Float64Array
}

export const pairPhases = { off: 0, armed: 1, settling: 2 } as const

/** Rows of a block: enough that its mean is close to normal and short correlation fades, few enough that a strong change shows within a dozen rows. */
export const blockRows = 8
export const heldBlocks = 1024
/** A power of two above the 61 bins that quantile-edges gives: a search takes six steps. */
export const mostBins = 64

export const startPairs = (version: number): PairState => ({
  version,
  phase: 'gathering',
  columns: startColumns(),
  used: [],
  scores: new Float64Array(0),
  pairs: [],
  phases: new Uint8Array(0),
  rho: new Float64Array(0),
  part: new Float64Array(0),
  ranks: startRankBook(0, 0),
  edges: new Float32Array(0),
  recent: new Float32Array(0),
  filling: new Float64Array(0),
  rows: 0,
  mass: 0,
  blocks: 0,
  firstRows: new Float64Array(0),
})
