import { binOfValue } from '@/lib/stats/quantile-edges'

/**
 * The bin of a value in one or two steps where a binary search takes six, each a branch that no processor foresees: a grid of even cells over the
 * edges says which of them are certainly below. Exact: the cell grows with the value, so only edges in the value's own cell need a comparison.
 */
export interface EdgeGrid {
  edges: Float64Array
  low: number
  /** Cells per unit; 0 where the edges give no finite width, then it is a binary search. */
  scale: number
  /** `first[c]`: how many edges lie in cells before c. */
  first: Uint8Array
}

/** Cells of a grid; `first` has one entry more. */
export const gridCells = 256
const cells = gridCells

/** @param edges ascending, at most 255. */
export function edgeGrid(edges: Float64Array): EdgeGrid {
  const low = edges[0] ?? 0
  const scale = (cells - 1) / ((edges[edges.length - 1] ?? 0) - low)
  const grid = { edges, low, scale: Number.isFinite(scale) && scale > 0 ? scale : 0, first: new Uint8Array(cells + 1) }
  for (const edge of edges) {
    for (let c = cellOf(grid, edge) + 1; c <= cells; c++) grid.first[c] = (grid.first[c] as number) + 1
  }
  return grid
}

/** The value's cell. */
export function cellOf(grid: EdgeGrid, value: number): number {
  const at = (value - grid.low) * grid.scale
  return at > 0 ? (at < cells - 1 ? at | 0 : cells - 1) : 0
}

/** How many edges lie below a finite value; a value on an edge belongs to the bin that the edge closes. */
export function binInGrid(grid: EdgeGrid, value: number): number {
  const { edges, first } = grid
  const cell = cellOf(grid, value)
  let low = first[cell] as number
  const high = first[cell + 1] as number
  if (high - low > 4) return binOfValue(edges, value)
  while (low < high && (edges[low] as number) < value) low++
  return low
}
