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

/** Many grids side by side, `gridEdges` and `gridCells` + 1 places each; edges are infinite beyond the last. Plain typed arrays, for detectors' states. */
export interface GridBook {
  edges: Float64Array
  first: Uint8Array
  /** `low` and `scale` of each. */
  scales: Float64Array
}

export const gridEdges = 64

export const startGridBook = (grids: number): GridBook => ({
  edges: new Float64Array(grids * gridEdges).fill(Number.POSITIVE_INFINITY),
  first: new Uint8Array(grids * (gridCells + 1)),
  scales: new Float64Array(grids * 2),
})

/** @param grid of at most 60 edges, as many as quantile-edges gives: beyond the last at least four are infinite. */
export function putGrid(book: GridBook, i: number, grid: EdgeGrid): void {
  book.edges.fill(Number.POSITIVE_INFINITY, i * gridEdges, (i + 1) * gridEdges)
  book.edges.set(grid.edges, i * gridEdges)
  book.first.set(grid.first, i * (gridCells + 1))
  book.scales[2 * i] = grid.low
  book.scales[2 * i + 1] = grid.scale
}

/** As `binInGrid` of the i-th. Four edges are compared whether they lie in the cell or not: no branch that no processor foresees. */
export function binInBook({ edges, first, scales }: GridBook, i: number, value: number): number {
  const x = (value - (scales[2 * i] as number)) * (scales[2 * i + 1] as number)
  const cell = i * (gridCells + 1) + (x > 0 ? (x < gridCells - 1 ? x | 0 : gridCells - 1) : 0)
  const low = first[cell] as number
  const high = first[cell + 1] as number
  const at = i * gridEdges + low
  if (high - low > 4) return searchBook(edges, i * gridEdges, low, high, value)
  return (
    low +
    +((edges[at] as number) < value) +
    +((edges[at + 1] as number) < value) +
    +((edges[at + 2] as number) < value) +
    +((edges[at + 3] as number) < value)
  )
}

function searchBook(edges: Float64Array, own: number, from: number, to: number, value: number): number {
  let low = from
  let high = to
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((edges[own + middle] as number) < value) low = middle + 1
    else high = middle
  }
  return low
}
