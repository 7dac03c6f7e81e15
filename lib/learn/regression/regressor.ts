import { type Trees, voteOf } from '@/lib/learn/forest/trees'
import type { Active, Inputs } from '@/lib/learn/inputs/encode'
import { learnLine, predictLine } from '@/lib/learn/linear/line'
import { type Bounds, boundsOf, learnBounds, type Reach, startBounds } from './reach'

/**
 * Where the label is a number: what it would be, how far honest labels lie from that, and so the class of a label — far below, below, as expected,
 * above, far above — which is what detectors judge, as they judge any class.
 *
 * Value   a linear learner on hashed inputs (./line.ts) and the mean of the forest's votes on ten bins of the target, mixed as of late fits best.
 * Reach   of honest labels on either side: quantiles learned by region, by value and by the spread of the votes (./reach.ts).
 * Scale   median and interquartile range of the first labels; beyond ±6 of it a label says no more.
 */
export interface Regressor {
  middle: number
  unit: number
  /** Between target bins, ascending; mean target of each bin, and the rows behind it. */
  edges: Float64Array
  binMean: Float64Array
  binRows: Float64Array
  line: Float32Array
  /** Forgetful sums that say how much of the way from line to forest to go. */
  mix: { cross: number; square: number }
  reach: Reach
  rows: number
}

/** What is expected of a row: one object, reused. All in target units. */
export interface Expected {
  line: number
  voted: number
  /** Trees that voted. */
  votes: number
  /** Standard deviation of their votes. */
  spread: number
  value: number
  bounds: Bounds
  chances: Float64Array
}

export const regressionNames = [
  'far below expected',
  'below expected',
  'as expected',
  'above expected',
  'far above expected',
]
/** Of an honest label, in that order. */
export const honestShares = [0.03, 0.12, 0.7, 0.12, 0.03] as const
export const asExpected = 2
const targetBins = 10
const farthest = 6
const forget = 0.999
const binForget = 0.995

export const emptyExpected = (): Expected => ({
  line: 0,
  voted: 0,
  votes: 0,
  spread: 0,
  value: 0,
  bounds: { farBelow: 0, below: 0, above: 0, farAbove: 0 },
  chances: new Float64Array(16),
})

/** @param labels the first ones: they fix scale and bins. */
export function startRegressor(labels: readonly number[]): Regressor {
  const sorted = Float64Array.from(labels).sort()
  const n = sorted.length
  const at = (q: number) => sorted[Math.min(n - 1, Math.floor(q * n))] ?? 0
  const middle = at(0.5)
  const unit = (at(0.75) - at(0.25)) / 1.349 || (at(0.98) - at(0.02)) / 4 || Math.max(1e-9, Math.abs(middle)) / 4
  const edges: number[] = []
  for (let b = 1; b < targetBins; b++) {
    const edge = (at(b / targetBins) - middle) / unit
    if (edges.length === 0 || edge > (edges.at(-1) as number)) edges.push(edge)
  }
  return {
    middle,
    unit,
    edges: Float64Array.from(edges),
    binMean: Float64Array.from({ length: edges.length + 1 }, (_, b) => edges[Math.min(b, edges.length - 1)] ?? 0),
    binRows: new Float64Array(edges.length + 1),
    line: new Float32Array(0),
    mix: { cross: 0.25, square: 0.5 },
    reach: startBounds(),
    rows: 0,
  }
}

export const targetOf = ({ middle, unit }: Regressor, label: number): number =>
  Math.max(-farthest, Math.min(farthest, (label - middle) / unit))

/** Bin of a target, which is its class for the forest. */
export function targetBin({ edges }: Regressor, t: number): number {
  let bin = 0
  while (bin < edges.length && (edges[bin] as number) < t) bin++
  return bin
}

export const binsOf = (regressor: Regressor): number => regressor.edges.length + 1

export function expect(regressor: Regressor, trees: Trees, row: Active, grown: number, out: Expected): void {
  out.line = predictLine(regressor.line, row)
  out.votes = grown > 0 ? voteOf(trees, row.keys, binsOf(regressor), out.chances) : 0
  out.value = out.line
  out.spread = 1
  if (out.votes > 0) {
    let mean = 0
    let square = 0
    for (let b = 0; b < regressor.binMean.length; b++) {
      const t = regressor.binMean[b] as number
      mean += (out.chances[b] as number) * t
      square += (out.chances[b] as number) * t * t
    }
    out.voted = mean
    out.spread = Math.sqrt(Math.max(0, square - mean * mean))
    const part = Math.max(0, Math.min(1, regressor.mix.cross / regressor.mix.square))
    out.value = out.line + part * (mean - out.line)
  }
  boundsOf(regressor.reach, row, out.value, out.spread, out.bounds)
}

export function classOfTarget({ bounds }: Expected, t: number): number {
  if (t < bounds.below) return t < bounds.farBelow ? 0 : 1
  return t <= bounds.above ? asExpected : t <= bounds.farAbove ? 3 : 4
}

/** Learns the row of which `said` was expected. @returns the vote of the forest for its bin; −1: none. */
export function learnTarget(regressor: Regressor, row: Active, said: Expected, t: number): number {
  const bin = targetBin(regressor, t)
  const rows = (regressor.binRows[bin] as number) * binForget + 1
  regressor.binRows[bin] = rows
  regressor.binMean[bin] = (regressor.binMean[bin] as number) + (t - (regressor.binMean[bin] as number)) / rows
  if (regressor.rows > 0) learnBounds(regressor.reach, row, said.value, said.spread, said.bounds, t)
  if (said.votes > 0) {
    // A wild label must not decide between the two.
    const off = Math.max(-2, Math.min(2, t - said.line))
    const way = said.voted - said.line
    regressor.mix.cross = forget * regressor.mix.cross + off * way
    regressor.mix.square = forget * regressor.mix.square + way * way
  }
  reteachTarget(regressor, row, t, 1)
  regressor.rows++
  return said.votes > 0 ? (said.chances[bin] as number) : -1
}

export function reteachTarget(regressor: Regressor, row: Inputs, t: number, part: number): void {
  if (regressor.line.length === 0) regressor.line = new Float32Array(2 ** 17)
  learnLine(regressor.line, row, t, part * Math.max(0.03, 0.5 / Math.sqrt(1 + regressor.rows / 20)))
}
