import { fenwickAdd, fenwickBelow, fenwickFrom } from '@/lib/stats/fenwick'
import { binOfValue, quantileEdges } from '@/lib/stats/quantile-edges'

/**
 * The level that a numeric unit is compared with: counts by bin, growing with the stream, and the same counts `gap` values behind, so that a
 * slow drift does not enter the reference of its own tail.
 *
 * Ranks are exact, not estimated. Without ties the edges are order statistics, so the next value falls in a bin with probability
 * (its count) / (N + 1), the last bin one more: the bins tile (0, 1). With ties the bins are as good as fixed, and the rank counts the value itself.
 */
export interface Level {
  edges: Float64Array
  counts: Float64Array
  total: number
  lagged: Float64Array
  laggedTotal: number
  /** 1 with ties: the value itself counts in its bin. */
  self: number
  /** Bins of the latest values, not yet in `lagged`. */
  waiting: Uint8Array
  waited: number
}

/** Values behind which the lagged counts stay. */
const gap = 400

/** @param values the baseline in any order, at least one, all finite. */
export function startLevel(values: ArrayLike<number>): Level {
  const sorted = Float64Array.from(values).sort()
  const edges = quantileEdges(sorted)
  const counts = new Array<number>(edges.length + 1).fill(0)
  let distinct = 0
  for (let i = 0; i < sorted.length; i++) {
    const value = sorted[i] as number
    const bin = binOfValue(edges, value)
    counts[bin] = (counts[bin] as number) + 1
    if (i === 0 || value !== sorted[i - 1]) distinct++
  }
  const ties = distinct < 0.5 * sorted.length
  if (!ties) counts[counts.length - 1] = (counts[counts.length - 1] as number) + 1
  const tree = fenwickFrom(counts)
  const total = sorted.length + (ties ? 0 : 1)
  return {
    edges,
    counts: tree,
    total,
    lagged: tree.slice(),
    laggedTotal: total,
    self: ties ? 1 : 0,
    waiting: new Uint8Array(gap),
    waited: 0,
  }
}

/** Rank of a value among the counts, before it enters them: uniform in (0, 1) if it is exchangeable with them. `u` breaks ties. */
export function rankIn(level: Level, bin: number, u: number): number {
  return rank(level.counts, level.total, level.self, bin, u)
}
export function laggedRankIn(level: Level, bin: number, u: number): number {
  return rank(level.lagged, level.laggedTotal, level.self, bin, u)
}

function rank(tree: Float64Array, total: number, self: number, bin: number, u: number): number {
  const below = fenwickBelow(tree, bin)
  return (below + u * (fenwickBelow(tree, bin + 1) - below + self)) / (total + self)
}

/** The value enters the counts, and the one `gap` values before it the lagged ones. */
export function learnBin(level: Level, bin: number): void {
  fenwickAdd(level.counts, bin, 1)
  level.total++
  const slot = level.waited % gap
  if (level.waited >= gap) {
    fenwickAdd(level.lagged, level.waiting[slot] as number, 1)
    level.laggedTotal++
  }
  level.waiting[slot] = bin
  level.waited++
}
