import { type Clumps, startClumps } from './clumps'
import { type Mixes, startMixes } from './mixes'
import { lengths } from './spread'
import { mostStrata, type Strata, startStrata } from './strata'
import { type StratumBook, startBook } from './stratum-book'

/** All that the stratum detector keeps between events: about 500 KB, whatever comes. */
export interface StratumState {
  strata: Strata
  mixes: Mixes
  book: StratumBook
  clumps: Clumps
  rows: number
  blocks: number
  /** The open block: rows by place of the origin, by stratum; its mass. */
  places: Uint16Array
  came: Uint16Array
  /** Rows by stratum of origins of which nothing is due yet. */
  strange: Uint16Array
  mass: number
  /** By length of blocks: mass of the open one, of those before the block at hand. */
  massOf: Float64Array
  /** Weights of the strata watched in the block before: they share the mass. */
  watched: number
  /** Event time of the first row, and the latest. */
  startTime: number
  /** Strata that were gone for long and came back: then to be gone is usual here. */
  vanished: number
  /** Rows since row 1,000, and those of them from origins without a place. */
  later: number
  strangers: number
  /** The batch of the last row, and batches begun. */
  batch: string
  batches: number
  accused: { stratum: number; fromBlock: number }[]
}

export const startStratumState = (): StratumState => ({
  strata: startStrata(),
  mixes: startMixes(),
  book: startBook(),
  clumps: startClumps(),
  rows: 0,
  blocks: 0,
  places: new Uint16Array(128),
  came: new Uint16Array(mostStrata),
  strange: new Uint16Array(mostStrata),
  mass: 0,
  massOf: new Float64Array(lengths),
  watched: 0,
  startTime: Number.NaN,
  vanished: 0,
  later: 0,
  strangers: 0,
  batch: '',
  batches: 0,
  accused: [],
})
