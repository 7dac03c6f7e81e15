import { cellOf, type EdgeGrid } from '@/lib/stats/edge-grid'

/**
 * How a numeric column is seen: standardised, and in bins of equal count. Both are fixed from the column's first values, so that a feature keeps
 * its meaning while the data moves.
 */
export interface Column {
  /** First values, until there are enough; then empty. */
  first: number[]
  mean: number
  sd: number
  /** Ascending, distinct; null until fixed. */
  edges: Float64Array | null
}

/** Values that fix a column; one that appears after the start of the stream is fixed by fewer. */
export const columnValues = 200
export const lateColumnValues = 60
const bins = 12

export const startColumn = (): Column => ({ first: [], mean: 0, sd: 1, edges: null })

/** Takes one value in; fixes the column at `enough`. */
export function addToColumn(column: Column, value: number, enough: number): void {
  if (column.edges || !Number.isFinite(value)) return
  column.first.push(value)
  if (column.first.length >= enough) fixColumn(column)
}

export function fixColumn(column: Column): void {
  const sorted = Float64Array.from(column.first).sort()
  const n = sorted.length
  if (n === 0) return
  // Median and interquartile range: a sensor fault among the first values must not blind the column.
  const at = (q: number) => sorted[Math.min(n - 1, Math.floor(q * n))] as number
  const spread = (at(0.75) - at(0.25)) / 1.349
  column.mean = at(0.5)
  column.sd = spread > 0 ? spread : Math.max(1e-9, (at(0.98) - at(0.02)) / 4)
  const edges: number[] = []
  for (let b = 1; b < bins; b++) {
    const edge = at(b / bins)
    if (edges.length === 0 || edge > (edges.at(-1) as number)) edges.push(edge)
  }
  column.edges = Float64Array.from(edges)
  column.first = []
}

/** As `binOf`, by the grid of the same edges: see there why it is exact. */
export function binInColumn(grid: EdgeGrid, value: number): number {
  const { edges, first } = grid
  const cell = cellOf(grid, value)
  let low = first[cell] as number
  const high = first[cell + 1] as number
  while (low < high && (edges[low] as number) <= value) low++
  return low
}

/** Number of edges at or below the value: 0 to 11. */
export function binOf(edges: Float64Array, value: number): number {
  let low = 0
  let high = edges.length
  while (low < high) {
    const mid = (low + high) >> 1
    if ((edges[mid] as number) <= value) low = mid + 1
    else high = mid
  }
  return low
}
