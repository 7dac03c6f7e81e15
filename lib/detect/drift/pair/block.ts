import { blockRows, type PairState } from '@/lib/detect/drift/pair/state'
import { noBin } from '@/lib/detect/drift/relation/columns'

/** Normal scores of the row at hand by feature in use; a missing value counts as the middle. */
const z = new Float64Array(64)

/** Adds a row, given by its bins by column, to the block that fills. @returns whether the block is full. */
export function addToBlock(state: PairState, bins: ArrayLike<number>): boolean {
  const { used, scores, squares, products } = state
  const width = used.length
  for (let i = 0; i < width; i++) {
    const bin = bins[used[i] as number] as number
    const score = bin === noBin ? 0 : ((scores[i] as Float64Array)[bin] as number)
    z[i] = score
    squares[i] = (squares[i] as number) + score * score
  }
  for (let a = 1, p = 0; a < width; a++) {
    const own = z[a] as number
    for (let b = 0; b < a; b++, p++) products[p] = (products[p] as number) + own * (z[b] as number)
  }
  return ++state.rows === blockRows
}

/**
 * What a full block says of the pair p of features a and b: the efficient score of the correlation of two standard normals at its baseline value ρ,
 * (1 + ρ²)·z_a z_b − ρ (z_a² + z_b²), a row. It uses the squares where the plain product does not: for ρ = .6 a change weighs 2.5 times as much.
 */
export function blockValue(state: PairState, rho: number, p: number, a: number, b: number): number {
  const squares = (state.squares[a] as number) + (state.squares[b] as number)
  return Math.fround(((1 + rho * rho) * (state.products[p] as number) - rho * squares) / blockRows)
}

export function emptyBlock(state: PairState): void {
  state.products.fill(0)
  state.squares.fill(0)
  state.rows = 0
  state.mass = 0
}
