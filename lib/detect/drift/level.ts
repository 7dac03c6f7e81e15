import { rankBin, rankBins, rankCuts } from '@/lib/evidence/rank-bets'
import { binInGrid, type EdgeGrid, edgeGrid } from '@/lib/stats/edge-grid'
import { quantileEdges } from '@/lib/stats/quantile-edges'
import { addCount, countsBelow, type RunningCounts, runningCounts } from '@/lib/stats/running-counts'

/**
 * The level that a numeric unit is compared with: counts by bin, growing with the stream, and the same counts `gap` values behind, so that a
 * slow drift does not enter the reference of its own tail.
 *
 * Ranks are exact, not estimated. Without ties the edges are order statistics, so the next value falls in a bin with probability
 * (its count) / (N + 1), the last bin one more: the bins tile (0, 1). With ties the bins are as good as fixed, and the rank counts the value itself.
 */
export interface Level {
  grid: EdgeGrid
  counts: RunningCounts
  total: number
  lagged: Int32Array
  laggedTotal: number
  /** Bins from `calmFrom` to `calmTo` cannot give a lagged rank in a tail bin, while `laggedTotal` is at most `calmUntil`. */
  calmFrom: number
  calmTo: number
  calmUntil: number
  /** 1 with ties: the value itself counts in its bin. */
  self: number
  /** Bins of the latest values, not yet in `lagged`. */
  waiting: Uint8Array
  waited: number
}

/** Values behind which the lagged counts stay. */
const gap = 400
/** A rank bin in the middle: the tail bets tell only the outermost two from the others. */
const middleBin = rankBins >> 1

/** @param values the baseline in any order, at least one, all finite. */
export function startLevel(values: ArrayLike<number>): Level {
  const sorted = Float64Array.from(values).sort()
  const grid = edgeGrid(quantileEdges(sorted))
  const counts = new Int32Array(grid.edges.length + 1)
  let distinct = 0
  for (let i = 0; i < sorted.length; i++) {
    const value = sorted[i] as number
    const bin = binInGrid(grid, value)
    counts[bin] = (counts[bin] as number) + 1
    if (i === 0 || value !== sorted[i - 1]) distinct++
  }
  const ties = distinct < 0.5 * sorted.length
  if (!ties) counts[counts.length - 1] = (counts[counts.length - 1] as number) + 1
  const total = sorted.length + (ties ? 0 : 1)
  return {
    grid,
    counts: runningCounts(counts),
    total,
    lagged: counts,
    laggedTotal: total,
    calmFrom: 0,
    calmTo: 0,
    calmUntil: 0,
    self: ties ? 1 : 0,
    waiting: new Uint8Array(gap),
    waited: 0,
  }
}

/** Rank bin of a value among the counts, before it enters them: its rank is uniform in (0, 1) if it is exchangeable with them. `u` breaks ties. */
export function rankBinIn(level: Level, bin: number, u: number): number {
  const below = countsBelow(level.counts, bin)
  const own = countsBelow(level.counts, bin + 1) - below
  return rankBin((below + u * (own + level.self)) / (level.total + level.self))
}

/** The same among the lagged counts; exact in the outermost two rank bins, "somewhere in the middle" elsewhere. */
export function laggedRankBinIn(level: Level, bin: number, u: number): number {
  if (level.laggedTotal > level.calmUntil) findCalm(level)
  if (bin >= level.calmFrom && bin <= level.calmTo) return middleBin
  let below = 0
  for (let b = 0; b < bin; b++) below += level.lagged[b] as number
  return rankBin((below + u * ((level.lagged[bin] as number) + level.self)) / (level.laggedTotal + level.self))
}

/** Enough rows lie on either side of the calm bins for a total a fifth larger, so that this is rarely looked for. */
function findCalm(level: Level): void {
  const { lagged } = level
  level.calmUntil = 1.2 * level.laggedTotal
  const enough = (rankCuts[1] as number) * 1.01 * (level.calmUntil + level.self)
  level.calmFrom = 0
  for (let below = 0; below < enough && level.calmFrom < lagged.length; level.calmFrom++)
    below += lagged[level.calmFrom] as number
  level.calmTo = lagged.length - 1
  for (let above = 0; above < enough && level.calmTo >= 0; level.calmTo--) above += lagged[level.calmTo] as number
}

/** The value enters the counts, and the one `gap` values before it the lagged ones. */
export function learnBin(level: Level, bin: number): void {
  addCount(level.counts, bin)
  level.total++
  const slot = level.waited % gap
  if (level.waited >= gap) {
    const late = level.waiting[slot] as number
    level.lagged[late] = (level.lagged[late] as number) + 1
    level.laggedTotal++
  }
  level.waiting[slot] = bin
  level.waited++
}
