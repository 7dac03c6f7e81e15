/**
 * How unevenly a stratum comes by itself: the ratio of its squared errors to those of independent rows, over blocks of 32, 128, 512 and 2,048 rows.
 * Bursts raise it at all lengths, a daily round at the short ones alone, what wanders or comes and goes at the long ones. Evidence gathered in blocks
 * of one length is divided by the greatest ratio at that length and longer ones (quasi-likelihood).
 * Clumps make the same ratio for strata of all sizes (a design effect), so a stratum leans on the others of its key while it has few blocks itself.
 * What a run of evidence holds is learned when the run is over: a deletion must not teach, while it lasts, that deletions are usual.
 * Source: McCullagh & Nelder 1989, ch. 4 (overdispersion); Kish 1965 (design effect); Allan 1966 (variance by length).
 */
export const lengths = 4
export const blockRows = 32
const step = 4

/** Numbers of a stratum: for each length the open block's error and variance, then squares and blocks, then those that wait. */
export const spreadNumbers = lengths * 6
const at = {
  error: 0,
  variance: lengths,
  squares: 2 * lengths,
  blocks: 3 * lengths,
  waitSquares: 4 * lengths,
  waitBlocks: 5 * lengths,
}

// Plain numbers for the hot loop.
const { error: errorAt, variance: varianceAt, squares: squaresAt, blocks: blocksAt } = at
const leastVariance = 0.3

/** Lengths whose blocks end with the 32-row block of this number (0 is the first): so many of the shortest. */
export function endingLengths(block: number): number {
  let ending = 1
  for (let of = step; ending < lengths && (block + 1) % of === 0; of *= step) ending++
  return ending
}

/** Takes a block of 32 rows: came less due, and the variance of independent rows. @param ending how many lengths end with it. */
export function addBlock(
  numbers: Float64Array,
  o: number,
  error: number,
  variance: number,
  ending: number,
  waits: boolean,
): void {
  for (let k = 0; k < lengths; k++) {
    const errors = (numbers[o + errorAt + k] as number) + error
    const v = (numbers[o + varianceAt + k] as number) + variance
    const isOver = k < ending && v > leastVariance
    if (isOver) {
      const squares = o + (waits ? at.waitSquares : at.squares) + k
      const blocks = o + (waits ? at.waitBlocks : at.blocks) + k
      numbers[squares] = (numbers[squares] as number) + errors ** 2 / v
      numbers[blocks] = (numbers[blocks] as number) + 1
    }
    numbers[o + errorAt + k] = isOver ? 0 : errors
    numbers[o + varianceAt + k] = isOver ? 0 : v
  }
}

/** The run is over: what it held is usual. */
export function learnWaiting(numbers: Float64Array, o: number): void {
  for (let k = 0; k < lengths; k++) {
    numbers[o + squaresAt + k] = (numbers[o + squaresAt + k] as number) + (numbers[o + at.waitSquares + k] as number)
    numbers[o + blocksAt + k] = (numbers[o + blocksAt + k] as number) + (numbers[o + at.waitBlocks + k] as number)
    numbers[o + at.waitSquares + k] = 0
    numbers[o + at.waitBlocks + k] = 0
  }
}

/** Squares and blocks of all strata of a key together, by length. */
export type Pool = Float64Array
export const poolNumbers = 2 * lengths

export function addToPool(pool: Pool, p: number, numbers: Float64Array, o: number): void {
  for (let k = 0; k < lengths; k++) {
    pool[p + k] = (pool[p + k] as number) + (numbers[o + squaresAt + k] as number)
    pool[p + lengths + k] = (pool[p + lengths + k] as number) + (numbers[o + blocksAt + k] as number)
  }
}

const priorBlocks = 3
const leastBlocks = 4
const leastOwn = 2
/** Strata of a key share its rows: two blocks of others say what one of its own does, up to so many. */
const ofOthers = 0.5
const mostOfOthers = 12

/**
 * Writes the divisor of evidence for each length, 1 at least: the greatest ratio at that length and longer ones, each with half a standard error on
 * top; where it grows with the length beyond chance, what it would be at the next one, for what wanders goes on to; and what clumps make in the long run.
 * @returns of how many lengths something is known.
 */
export function unevenness(
  numbers: Float64Array,
  o: number,
  pool: Pool,
  p: number,
  clumps: number,
  out: Float64Array,
): number {
  let known = 0
  let before = 1
  let next = 1
  for (; known < lengths; known++) {
    const own = numbers[o + blocksAt + known] as number
    const others = (pool[p + lengths + known] as number) - own
    if (own < leastOwn || own + others < leastBlocks) break
    const squares = numbers[o + squaresAt + known] as number
    const lean = Math.min(mostOfOthers, ofOthers * others)
    // Nothing is known of a length at first but what shorter blocks show.
    const usual = ((pool[p + known] as number) - squares + priorBlocks * before) / (others + priorBlocks)
    const blocks = own + priorBlocks + lean
    const ratio = (squares + priorBlocks * before + lean * usual) / blocks
    const error = ratio * Math.sqrt(2 / blocks)
    const growth = ratio - before
    next = growth > 1.5 * error ? ratio + step * growth : 1
    out[known] = Math.max(1, ratio + 0.5 * error)
    before = ratio
  }
  let most = Math.max(next, clumps)
  for (let k = lengths - 1; k >= 0; k--) {
    if (k < known) most = Math.max(most, out[k] as number)
    out[k] = most
  }
  return known
}
