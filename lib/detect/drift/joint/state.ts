import type { KeyOrder } from '@/lib/detect/drift/key-order'
import type { NormalScores } from '@/lib/detect/drift/normal-scores'
import type { NumericSeason } from '@/lib/detect/drift/numeric/season'
import type { FeatureValue } from '@/lib/event/types'

/** A feature in use: each value becomes one of four codes, of about equal shares. */
export interface JointFeature {
  name: string
  /** Of a number: the three values above which the code is 1, 2 and 3. Else null. */
  edges: Float64Array | null
  /** Of a category: its code. */
  codes: Map<FeatureValue, number>
  /** Of a number in a seasonal model: its normal scores, and their level by the hour; edges are of what is left. */
  season: { scores: NormalScores; level: NumericSeason } | null
}

/**
 * A function of one feature's code with values +1 and −1, given by which bits of the code it multiplies: 2 tells the upper half from the lower, 3 the
 * middle from both ends, 1 every other quarter.
 */
export interface CodeFunction {
  feature: number
  mask: number
}

/** What the studied rows say: means of all products of two functions of two features, and of three, lately and in the reference. */
export interface Study {
  functions: CodeFunction[]
  /** First function of a later feature, by function. */
  next: Int32Array
  /** Index of the product of functions g and h, less h, by g. */
  pairs: Int32Array
  /** Functions that make triples. */
  primary: Int32Array
  /** Codes of the rows of the block that fills: their first words, then their second ones. */
  rows: Int32Array
  held: number
  /** Means by product: singles, pairs, triples. */
  reference: Float32Array
  fast: Float32Array
  slow: Float32Array
  /** Products that have moved a little, by the latest block: index, and functions (255: none of a third). */
  stirred: { index: number; g: number; h: number; l: number }[]
  /** Blocks in the reference, and since it was complete. */
  blocks: number
  since: number
}

/** A dependence under test: how much likelier each cell of its features' codes became. Chosen by studied rows, held against tested ones. */
export interface Witness {
  /** Places of its features, ascending, and the products that moved. */
  features: number[]
  products: MovedProduct[]
  /** Level of each cell (two bits a feature), and how much likelier a level became, ascending. */
  levels: Uint8Array
  ratios: Float64Array
  /** Share of the studied rows by level. */
  shares: Float64Array
  /** Rows of the bag by level, and their sum. */
  counts: Float64Array
  rows: number
}

export interface MovedProduct {
  index: number
  functions: number[]
  /** Change of its mean beyond what the functions' own means explain, and in standard errors. */
  change: number
  z: number
}

/** Codes of rows, two bits a feature, sixteen features a word, two words a row. */
export interface CodeRows {
  words: Int32Array
  count: number
}

export interface JointState {
  version: number
  phase: 'gathering' | 'learning' | 'armed' | 'off'
  /** Values of the baseline by column, while gathering; undefined where a row has none. */
  names: string[]
  gathered: FeatureValue[][]
  baselineRows: number[]
  baselineTimes: number[]
  /** One row in so many of the baseline is gathered: more of them where it is long. */
  every: number
  order: KeyOrder | null
  features: JointFeature[]
  /** Edges of the features that are numbers as they are, four places each; NaN for the others. */
  edges: Float64Array
  study: Study
  /** A sample of the studied rows; `count` is of all. */
  studied: CodeRows
  /** The bag that a tested row is ranked in: rows put by before, and tested ones since `bagFrom`. */
  base: CodeRows
  tested: CodeRows
  testedRows: Float64Array
  bagFrom: number
  /** Rows put by for the next bag: neither studied nor tested. */
  reserve: CodeRows
  /** By slot; null: nothing to bet on. Evidence by slot and bet. */
  witnesses: (Witness | null)[]
  m: Float64Array
  /** Mass received and not spent; spent, and updates, since the last alarm. */
  received: number
  mass: number
  updates: number
  /** Row at which learning ends. */
  learnedRow: number
  /** Means of products that were said, as the approved baseline had them. */
  approved: Map<string, number>
}

export const studyRows = 64
export const heldRows = 4096
export const studiedRows = 1024
export const bagRows = 3584
export const reserveRows = 1024
export const slots = 4
/** Parts of its change that a witness bets on. */
export const stakes = [1, 0.5] as const

export const startCodeRows = (rows: number): CodeRows => ({ words: new Int32Array(2 * rows), count: 0 })

export const startJoint = (version: number): JointState => ({
  version,
  phase: 'gathering',
  names: [],
  gathered: [],
  baselineRows: [],
  baselineTimes: [],
  every: 1,
  order: null,
  features: [],
  edges: new Float64Array(0),
  study: {
    functions: [],
    next: new Int32Array(0),
    pairs: new Int32Array(0),
    primary: new Int32Array(0),
    rows: new Int32Array(0),
    held: 0,
    reference: new Float32Array(0),
    fast: new Float32Array(0),
    slow: new Float32Array(0),
    stirred: [],
    blocks: 0,
    since: 0,
  },
  studied: startCodeRows(0),
  base: startCodeRows(0),
  tested: startCodeRows(0),
  testedRows: new Float64Array(0),
  bagFrom: 0,
  reserve: startCodeRows(0),
  witnesses: [],
  m: new Float64Array(slots * stakes.length),
  received: 0,
  mass: 0,
  updates: 0,
  learnedRow: 0,
  approved: new Map(),
})
