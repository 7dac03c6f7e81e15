import { armRanks, betsOf, type RankBook, startRankBook } from '@/lib/detect/drift/rank-book'
import { middleEdges } from '@/lib/detect/drift/relation/columns'
import { returned } from '@/lib/detect/drift/return'
import type { SegmentUnit } from '@/lib/detect/drift/segment/feature-state'
import { rankTables } from '@/lib/evidence/rank-bets'
import { edgeGrid } from '@/lib/stats/edge-grid'

/**
 * One feature within one segment value: conformal ranks among the segment's own rows, by the feature's bins, and fixed bets (drift/rank-book).
 */
export const segmentTable = rankTables.both.fixed
export const startSegmentRanks = (units: number): RankBook => startRankBook(units, betsOf(segmentTable))
/** Rows of the segment before a new level is watched. */
export const settleRows = 150

/** @param bins of the segment's baseline rows among the feature's `binCount` bins. */
export function startSegmentUnit(
  where: Pick<SegmentUnit, 'key' | 'code' | 'feature'>,
  bins: ArrayLike<number>,
  binCount: number,
  row: number,
): SegmentUnit {
  const approved = countsOf(bins, binCount)
  return {
    ...where,
    place: -1,
    phase: 'armed',
    provisional: false,
    grid: null,
    approved,
    reference: approved,
    level: new Float64Array(0),
    armedRow: row,
    onsetRow: 0,
    settled: 0,
  }
}

function countsOf(bins: ArrayLike<number>, binCount: number): Int32Array {
  const counts = new Int32Array(binCount)
  for (let i = 0; i < bins.length; i++) {
    const bin = bins[i] as number
    counts[bin] = (counts[bin] as number) + 1
  }
  return counts
}

function armOn(ranks: RankBook, unit: SegmentUnit, counts: Int32Array, row: number): void {
  unit.reference = counts
  unit.armedRow = row
  unit.phase = 'armed'
  armRanks(ranks, unit.place, counts)
}

/** Arms on a level not approved, given its raw and whitened values. */
export function armProvisional(
  ranks: RankBook,
  unit: SegmentUnit,
  raw: Float64Array,
  white: Float64Array,
  row: number,
): void {
  unit.grid = edgeGrid(middleEdges(white.slice().sort(), 4))
  unit.level = raw.slice().sort()
  unit.provisional = true
  const { edges } = unit.grid
  const bins = Array.from(white, (value) => binOf(edges, value))
  armOn(ranks, unit, countsOf(bins, edges.length + 1), row)
}

/** Back on the approved rows. */
export function armApproved(ranks: RankBook, unit: SegmentUnit, row: number): void {
  unit.grid = null
  unit.level = new Float64Array(0)
  unit.provisional = false
  armOn(ranks, unit, unit.approved, row)
}

/** Are the values since the onset those of the approved rows, rather than of the provisional level? */
export const isReturn = (unit: SegmentUnit, approved: Float64Array, current: Float64Array): boolean =>
  unit.provisional && returned(approved, unit.level, current)

const binOf = (edges: Float64Array, value: number): number => {
  let bin = 0
  while (bin < edges.length && (edges[bin] as number) < value) bin++
  return bin
}
