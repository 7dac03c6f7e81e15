import { highAt, lowAt, rankAt, type Stake, uniformAt, valueAt } from '@/lib/evidence/stake'
import { highest, lowest, middle } from '@/lib/evidence/tail-bets'
import { binInGrid, type EdgeGrid, edgeGrid } from '@/lib/stats/edge-grid'
import { quantileEdges } from '@/lib/stats/quantile-edges'
import { addCount, placeAmong, type RunningCounts, runningCounts } from '@/lib/stats/running-counts'

/**
 * The level that a numeric unit is compared with: counts by bin, growing with the stream; by stratum where rows of different strata are not alike
 * (Mondrian), so that a rank says where a value stands among its own kind.
 *
 * Ranks are exact, not estimated. One stratum without ties: the edges are order statistics, so the next value falls in a bin with probability
 * (its count) / (N + 1), the last bin one more, and the bins tile (0, 1). Otherwise the bins are as good as fixed, and the rank counts the value itself.
 */
export interface Level {
  grid: EdgeGrid
  /** By stratum; null until its first value. */
  strata: (Stratum | null)[]
  /** 1 where the value itself counts in its bin. */
  self: number
  /** Baseline shares of the lowest and of the highest bin: the tails. */
  low: number
  high: number
  /** Values of the baseline. */
  size: number
}

export interface Stratum {
  counts: RunningCounts
  total: number
  /** Counts of the lowest and of the highest bin. */
  low: number
  high: number
}

/**
 * @param values the baseline in any order, at least one, all finite.
 * @param strata of the values, whole numbers from 0; null: all alike.
 */
export function startLevel(values: ArrayLike<number>, strata: ArrayLike<number> | null = null): Level {
  const sorted = Float64Array.from(values).sort()
  const grid = edgeGrid(quantileEdges(sorted))
  const bins = grid.edges.length + 1
  let distinct = 0
  for (let i = 0; i < sorted.length; i++) if (i === 0 || sorted[i] !== sorted[i - 1]) distinct++
  const counts: Int32Array[] = []
  for (let i = 0; i < values.length; i++) {
    const stratum = strata ? (strata[i] as number) : 0
    while (counts.length <= stratum) counts.push(new Int32Array(bins))
    const own = counts[stratum] as Int32Array
    const bin = binInGrid(grid, values[i] as number)
    own[bin] = (own[bin] as number) + 1
  }
  const self = strata || distinct < 0.5 * sorted.length ? 1 : 0
  const first = counts[0] as Int32Array
  if (self === 0) first[bins - 1] = (first[bins - 1] as number) + 1
  const all = sorted.length + 1
  const inBin = (bin: number) => counts.reduce((sum, own) => sum + (own[bin] as number), self) / all
  return { grid, self, strata: counts.map(startStratum), low: inBin(0), high: inBin(bins - 1), size: sorted.length }
}

function startStratum(counts: Int32Array): Stratum {
  const total = counts.reduce((a, b) => a + b, 0)
  return { counts: runningCounts(counts), total, low: counts[0] as number, high: counts[counts.length - 1] as number }
}

export function stratumOf(level: Level, stratum: number): Stratum {
  while (level.strata.length <= stratum) level.strata.push(null)
  level.strata[stratum] ??= startStratum(new Int32Array(level.grid.edges.length + 1))
  return level.strata[stratum] as Stratum
}

/** Rank of a value among the counts of its stratum, before it enters them: uniform in (0, 1) if it is exchangeable with them. `u` breaks ties. */
export function rankIn(level: Level, own: Stratum, bin: number, u: number): number {
  return placeAmong(own.counts, bin, u, level.self) / (own.total + level.self)
}

/** Probability that the next value's rank lies in the lowest, or the highest, bin. */
export const lowShare = (level: Level, own: Stratum): number => (own.low + level.self) / (own.total + level.self)
export const highShare = (level: Level, own: Stratum): number => (own.high + level.self) / (own.total + level.self)

/** Which tail a rank lies in, given the tails' shares. */
export const tailOf = (p: number, low: number, high: number): number =>
  p < low ? lowest : p >= 1 - high ? highest : middle

/**
 * Ranks the value in `stake` among the counts of its stratum, before it enters them: `rankIn`, and `lowShare` and `highShare`, go beside it.
 * @returns the value's bin.
 */
export function rankNext(level: Level, own: Stratum, stake: Stake): number {
  const { self } = level
  const bin = binInGrid(level.grid, stake[valueAt] as number)
  const all = own.total + self
  stake[rankAt] = placeAmong(own.counts, bin, stake[uniformAt] as number, self) / all
  stake[lowAt] = (own.low + self) / all
  stake[highAt] = (own.high + self) / all
  return bin
}

/** The value enters the counts. */
export function learnBin(own: Stratum, bin: number): void {
  addCount(own.counts, bin)
  own.total++
  if (bin === 0) own.low++
  if (bin === own.counts.below.length - 2) own.high++
}
