import { spreadNumbers } from './spread'
import { mostStrata } from './strata'

/** What is kept of each stratum, in one array: evidence of each bet, the run of the likelihood that dates an onset, history. */
export const stakes = [0.4, 0.7, 0.92, 0.995] as const
export const at = {
  m: 0,
  /** Log-likelihood of the run at stake .45 (untempered), block and line and time where it began, rows that came and were due since. */
  rise: 4,
  fromBlock: 5,
  fromIndex: 6,
  fromTime: 7,
  came: 8,
  due: 9,
  /** Rows of it, and of all since the first block. */
  count: 10,
  /** 0 watched, 1 accused, 2 explained by another. */
  state: 11,
  /** Mass spent on it, and in how many blocks. */
  mass: 12,
  updates: 13,
  /** Blocks near its usual level since it was accused. */
  back: 14,
  /** Block at which it was last held because it was gone altogether; 0: it was not. */
  gone: 15,
  /** Rows due a block of late, by the senders' mixes and by its share of all. */
  byMixes: 16,
  byAll: 17,
  /** Batches begun when its run began. */
  fromBatch: 18,
  spread: 19,
} as const
export const each = at.spread + spreadNumbers
/** Blocks of which each stratum's rows are remembered: 8,192 rows. */
export const blocksKept = 256

export interface StratumBook {
  numbers: Float64Array
  /** By block kept × stratum. */
  came: Uint8Array
}

export const startBook = (): StratumBook => ({ numbers: new Float64Array(0), came: new Uint8Array(0) })

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
