/**
 * How unevenly a stratum comes by itself: the ratio of its squared errors to those of independent rows, over blocks of 32, 128, 512 and 2,048 rows. Bursts raise it at all lengths, what wanders or comes and goes at the long ones. Evidence is divided by the greatest (quasi-likelihood).
 * What a run of evidence holds is learned when the run is over: a deletion must not teach, while it lasts, that deletions are usual.
 * Source: McCullagh & Nelder 1989, ch. 4 (overdispersion); Allan 1966 (variance by length).
 */
export const lengths = 4
export const blockRows = 32
const step = 4

/** Numbers of a stratum: for each length the open block's error and variance, then squares and blocks, then those that wait. */
export const spreadNumbers = lengths * 7
const at = {
  error: 0,
  variance: lengths,
  ended: 2 * lengths,
  squares: 3 * lengths,
  blocks: 4 * lengths,
  waitSquares: 5 * lengths,
  waitBlocks: 6 * lengths,
}

// Plain numbers for the hot loop.
const { error: errorAt, variance: varianceAt, ended: endedAt } = at

/** Takes a block of 32 rows: came less due, and the variance of independent rows. */
export function addBlock(numbers: Float64Array, o: number, error: number, variance: number, waits: boolean): void {
  let size = 1
  for (let k = 0; k < lengths; k++, size *= step) {
    const errors = (numbers[o + errorAt + k] as number) + error
    const v = (numbers[o + varianceAt + k] as number) + variance
    const ended = (numbers[o + endedAt + k] as number) + 1
    const isOver = ended >= size
    numbers[o + endedAt + k] = isOver ? 0 : ended
    if (isOver && v > 0.3) {
      const squares = o + (waits ? at.waitSquares : at.squares) + k
      const blocks = o + (waits ? at.waitBlocks : at.blocks) + k
      numbers[squares] = (numbers[squares] as number) + errors ** 2 / v
      numbers[blocks] = (numbers[blocks] as number) + 1
    }
    numbers[o + errorAt + k] = isOver && v > 0.3 ? 0 : errors
    numbers[o + varianceAt + k] = isOver && v > 0.3 ? 0 : v
  }
}

/** The run is over: what it held is usual. */
export function learnWaiting(numbers: Float64Array, o: number): void {
  for (let k = 0; k < lengths; k++) {
    numbers[o + at.squares + k] = (numbers[o + at.squares + k] as number) + (numbers[o + at.waitSquares + k] as number)
    numbers[o + at.blocks + k] = (numbers[o + at.blocks + k] as number) + (numbers[o + at.waitBlocks + k] as number)
    numbers[o + at.waitSquares + k] = 0
    numbers[o + at.waitBlocks + k] = 0
  }
}

const priorBlocks = 3
const leastBlocks = 4

/**
 * The divisor of evidence, 1 at least: the greatest ratio over the lengths seen, each with half a standard error on top; where it grows with the length
 * beyond chance, what it would be at the next one, for what wanders goes on to.
 */
export function unevenness(numbers: Float64Array, o: number): number {
  let most = 1
  let before = 1
  for (let k = 0; k < lengths; k++) {
    const blocks = numbers[o + at.blocks + k] as number
    if (blocks < leastBlocks) break
    const ratio = ((numbers[o + at.squares + k] as number) + priorBlocks) / (blocks + priorBlocks)
    const error = ratio * Math.sqrt(2 / (blocks + priorBlocks))
    const growth = ratio - before
    most = Math.max(most, ratio + 0.5 * error, growth > 1.5 * error ? ratio + step * growth : 1)
    before = ratio
  }
  return most
}
