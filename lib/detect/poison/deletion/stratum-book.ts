import { lengths, spreadNumbers } from './spread'
import { mostStrata } from './strata'

/** What is kept of each stratum, in one array: evidence of each bet, the run of the likelihood that dates an onset, history. */
export const stakes = [0.25, 0.45, 0.75, 0.98] as const
/** A bet on each stake for blocks of each length. */
export const bets = lengths * stakes.length
export const at = {
  m: 0,
  /** By length: rows that came in the open block, and those due in it at least. */
  openCame: bets,
  openDue: bets + lengths,
  /** Log-likelihood of the run at stake .2 (untempered), block where it began, rows that came and were due since. */
  rise: bets + 2 * lengths,
  fromBlock: bets + 2 * lengths + 1,
  came: bets + 2 * lengths + 2,
  due: bets + 2 * lengths + 3,
  /** Rows of it, and of all since the first block. */
  count: bets + 2 * lengths + 4,
  /** 0 watched, 1 accused, 2 explained by another. */
  state: bets + 2 * lengths + 5,
  /** Mass spent on it, and in how many blocks. */
  mass: bets + 2 * lengths + 6,
  updates: bets + 2 * lengths + 7,
  /** Blocks near its usual level since it was accused. */
  back: bets + 2 * lengths + 8,
  /** Block at which it was last held because it was gone altogether; 0: it was not. */
  gone: bets + 2 * lengths + 9,
  /** Rows due a block of late, by the senders' mixes and by its share of all. */
  byMixes: bets + 2 * lengths + 10,
  byAll: bets + 2 * lengths + 11,
  /** Batches begun when its run began. */
  fromBatch: bets + 2 * lengths + 12,
  /** How uneven it is, by length; of use until its next block. */
  uneven: bets + 2 * lengths + 13,
  spread: bets + 3 * lengths + 13,
} as const
export const each = at.spread + spreadNumbers
/** Blocks of which each stratum's rows are remembered: 8,192 rows. */
export const blocksKept = 256

export interface StratumBook {
  numbers: Float64Array
  /** By block kept × stratum. */
  came: Uint8Array
  /** By block kept: line and time of its first row. */
  index: Float64Array
  timeMs: Float64Array
}

export const startBook = (): StratumBook => ({
  numbers: new Float64Array(0),
  came: new Uint8Array(0),
  index: new Float64Array(blocksKept),
  timeMs: new Float64Array(blocksKept),
})

export function makeBook(book: StratumBook): void {
  if (book.numbers.length > 0) return
  book.numbers = new Float64Array(mostStrata * each)
  book.came = new Uint8Array(blocksKept * mostStrata)
}

/** Rows of the stratum in the blocks from `from` to `to`, both included; only the last 256 are kept. */
export function cameSince(
  { came }: StratumBook,
  stratum: number,
  from: number,
  to: number,
): { came: number; blocks: number } {
  const first = Math.max(0, from, to - blocksKept + 1)
  let sum = 0
  for (let b = first; b <= to; b++) sum += came[(b % blocksKept) * mostStrata + stratum] as number
  return { came: sum, blocks: to - first + 1 }
}
