import { middleEdges } from '@/lib/detect/drift/relation-columns'
import { returned } from '@/lib/detect/drift/return'
import type { SegmentUnit } from '@/lib/detect/drift/segment-feature-state'
import { clearEvidence, count, startEvidence } from '@/lib/evidence/e-detector'
import { rankBin, rankBins, rankTables } from '@/lib/evidence/rank-bets'
import { edgeGrid } from '@/lib/stats/edge-grid'
import { addCount, countsBelow, runningCounts } from '@/lib/stats/running-counts'

/**
 * One feature within one segment value: conformal ranks among the segment's own rows, by the feature's bins, and the fixed bets of `rankTables`.
 * Lighter than a `NumericUnit` (no learned and no tail bets, no rings of its own), for there are as many as segments times features.
 */
const table = rankTables.both.fixed
const bets = table.length / rankBins
/** Rows of the segment before a new level is watched. */
export const settleRows = 150

/** @param bins of the segment's baseline rows among the feature's `binCount` bins. */
export function startSegmentUnit(
  place: { key: number; code: number; feature: number },
  bins: ArrayLike<number>,
  binCount: number,
  row: number,
): SegmentUnit {
  const unit: SegmentUnit = {
    ...place,
    phase: 'armed',
    provisional: false,
    grid: null,
    counts: runningCounts([]),
    total: 0,
    approved: new Int32Array(0),
    reference: new Int32Array(0),
    level: new Float64Array(0),
    evidence: startEvidence(bets),
    armedRow: row,
    onsetRow: 0,
    settled: 0,
  }
  armOnBins(unit, bins, binCount, row)
  unit.approved = unit.reference
  return unit
}

function armOnBins(unit: SegmentUnit, bins: ArrayLike<number>, binCount: number, row: number): void {
  const counts = new Int32Array(binCount)
  for (let i = 0; i < bins.length; i++) {
    const bin = bins[i] as number
    counts[bin] = (counts[bin] as number) + 1
  }
  armOnCounts(unit, counts, row)
}

function armOnCounts(unit: SegmentUnit, counts: Int32Array, row: number): void {
  unit.reference = counts
  unit.counts = runningCounts(counts)
  unit.total = counts.reduce((a, b) => a + b, 0)
  unit.armedRow = row
  unit.phase = 'armed'
  clearEvidence(unit.evidence)
}

/** Takes the bin of a row's value. @returns ΣM; it alarms at 1. `u` is uniform and its own for this row. */
export function watchBin(unit: SegmentUnit, bin: number, mass: number, u: number): number {
  const below = countsBelow(unit.counts, bin)
  const own = countsBelow(unit.counts, bin + 1) - below
  const from = rankBin((below + u * (own + 1)) / (unit.total + 1)) * bets
  addCount(unit.counts, bin)
  unit.total++
  count(unit.evidence, mass)
  const { m } = unit.evidence
  const each = mass / bets
  let total = 0
  for (let b = 0; b < bets; b++) {
    const after = (table[from + b] as number) * ((m[b] as number) + each)
    m[b] = after
    total += after
  }
  return total
}

/** Arms on a level not approved, given its raw and whitened values. */
export function armProvisional(unit: SegmentUnit, raw: Float64Array, white: Float64Array, row: number): void {
  unit.grid = edgeGrid(middleEdges(white.slice().sort(), 4))
  unit.level = raw.slice().sort()
  unit.provisional = true
  const { edges } = unit.grid
  const bins = Array.from(white, (value) => binOf(edges, value))
  armOnBins(unit, bins, edges.length + 1, row)
}

/** Back on the approved rows. */
export function armApproved(unit: SegmentUnit, row: number): void {
  unit.grid = null
  unit.level = new Float64Array(0)
  unit.provisional = false
  armOnCounts(unit, unit.approved, row)
}

/** Are the values since the onset those of the approved rows, rather than of the provisional level? */
export const isReturn = (unit: SegmentUnit, approved: Float64Array, current: Float64Array): boolean =>
  unit.provisional && returned(approved, unit.level, current)

const binOf = (edges: Float64Array, value: number): number => {
  let bin = 0
  while (bin < edges.length && (edges[bin] as number) < value) bin++
  return bin
}
