import { choleskyFactor, choleskySolve } from '@/lib/stats/cholesky'
import { quantileOf } from '@/lib/stats/quantile-edges'

/**
 * One more column for a tree: the sum of the others that goes with the target best. A rule such as `a + b ≤ 8` cuts space aslant; a tree of straight
 * cuts spreads it over many leaves, and a change of it over as many.
 *
 * Fit     ridge regression of one target on the ranks of the bytes, one unit of ridge a column; the sum in 32 levels of equal count.
 * Source  oblique splits: Murthy, Kasif & Salzberg 1994 (OC1); here one direction for the whole tree.
 */
export interface LinearScore {
  /** By column, for a rank. */
  weights: Float64Array
  /** Ascending: the level of a row is the number of edges at or below its sum. */
  edges: Float64Array
}

/** Share of the target's variance that the sum must explain, and how much more than the best single column. */
const leastExplained = 0.05
const leastGain = 1.3
const mostColumns = 64

/**
 * @param ranked n × width ranks; @param y n × targets; @param summed columns that may be part of the sum.
 * @returns null where no sum tells more than a single column.
 */
export function fitScore(
  ranked: Uint8Array,
  n: number,
  width: number,
  y: Float64Array,
  targets: number,
  levels: number,
  summed: readonly boolean[],
): LinearScore | null {
  if (summed.filter(Boolean).length < 2 || width > mostColumns || n < 10 * width) return null
  const mean = new Float64Array(width)
  for (let i = 0; i < n; i++)
    for (let c = 0; c < width; c++) mean[c] = (mean[c] as number) + (ranked[i * width + c] as number) / n
  /** Lower triangle, row by row. */
  const gram = new Float64Array((width * (width + 1)) / 2)
  const centred = new Float64Array(width)
  const cross = new Float64Array(targets * width)
  const yMean = Float64Array.from({ length: targets }, (_, t) => meanOf(y, n, targets, t))
  const squares = new Float64Array(targets)
  for (let i = 0; i < n; i++) {
    for (let c = 0; c < width; c++) centred[c] = summed[c] ? (ranked[i * width + c] as number) - (mean[c] as number) : 0
    for (let c = 0, at = 0; c < width; c++)
      for (let d = 0; d <= c; d++, at++)
        gram[at] = (gram[at] as number) + (centred[c] as number) * (centred[d] as number)
    for (let t = 0; t < targets; t++) {
      const value = (y[i * targets + t] as number) - (yMean[t] as number)
      squares[t] = (squares[t] as number) + value * value
      for (let c = 0; c < width; c++)
        cross[t * width + c] = (cross[t * width + c] as number) + value * (centred[c] as number)
    }
  }
  const low = choleskyFactor(gram, width, 1)
  if (!low) return null
  let best: Float64Array | null = null
  let most = 0
  for (let t = 0; t < targets; t++) {
    const own = cross.subarray(t * width, (t + 1) * width)
    if ((squares[t] as number) <= 0) continue
    const weights = choleskySolve(low, own)
    let explained = 0
    let single = 0
    for (let c = 0; c < width; c++) {
      explained += (weights[c] as number) * (own[c] as number)
      single = Math.max(single, (own[c] as number) ** 2 / ((gram[(c * (c + 3)) / 2] as number) + 1))
    }
    explained /= squares[t] as number
    single /= squares[t] as number
    if (explained < leastExplained || explained < leastGain * single || explained <= most) continue
    most = explained
    best = weights
  }
  if (!best) return null
  const sums = new Float64Array(n)
  for (let i = 0; i < n; i++) sums[i] = sumOf(best, ranked, i * width)
  const sorted = sums.sort()
  const edges = new Set<number>()
  for (let l = 1; l < levels; l++) edges.add(quantileOf(sorted, l / levels))
  return { weights: best, edges: Float64Array.from(edges) }
}

/** The level of a row whose ranks begin at `at`. */
export function levelOfScore(score: LinearScore, ranks: Uint8Array, at: number): number {
  return levelOf(score.edges, sumOf(score.weights, ranks, at))
}

export function levelOf(edges: Float64Array, sum: number): number {
  let low = 0
  let high = edges.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((edges[middle] as number) <= sum) low = middle + 1
    else high = middle
  }
  return low
}

function sumOf(weights: Float64Array, ranks: Uint8Array, at: number): number {
  let sum = 0
  for (let c = 0; c < weights.length; c++) sum += (weights[c] as number) * (ranks[at + c] as number)
  return sum
}

function meanOf(y: Float64Array, n: number, targets: number, t: number): number {
  let sum = 0
  for (let i = 0; i < n; i++) sum += y[i * targets + t] as number
  return sum / n
}
