import { blockRows, mostBins, type PairState } from '@/lib/detect/drift/pair/state'
import { noBin } from '@/lib/detect/drift/relation/columns'

/** Adds a row, given by its bins by column, to the block that fills; a missing value counts as the middle. @returns whether the block is full. */
export function addToBlock(state: PairState, bins: ArrayLike<number>): boolean {
  const { used, scores, filling } = state
  for (let i = 0, at = state.rows; i < used.length; i++, at += blockRows) {
    const bin = bins[used[i] as number] as number
    filling[at] = bin === noBin ? 0 : (scores[i * mostBins + bin] as number)
  }
  return ++state.rows === blockRows
}

/** Sums over a full block: products by pair, squares by feature. Overwritten by the next. */
const sums = { products: new Float64Array(190), squares: new Float64Array(20) }

/** Fills `sums`, all rows of a pair at once: adding to every pair at every row would read and write them all eight times. */
function sumBlock({ used, filling }: PairState): void {
  const width = used.length
  if (width > sums.squares.length) {
    sums.products = new Float64Array((width * (width - 1)) / 2)
    sums.squares = new Float64Array(width)
  }
  const { products, squares } = sums
  for (let a = 0, p = 0; a < width; a++) {
    const at = a * blockRows
    const a0 = filling[at] as number
    const a1 = filling[at + 1] as number
    const a2 = filling[at + 2] as number
    const a3 = filling[at + 3] as number
    const a4 = filling[at + 4] as number
    const a5 = filling[at + 5] as number
    const a6 = filling[at + 6] as number
    const a7 = filling[at + 7] as number
    squares[a] = a0 * a0 + a1 * a1 + a2 * a2 + a3 * a3 + a4 * a4 + a5 * a5 + a6 * a6 + a7 * a7
    for (let b = 0; b < at; b += blockRows, p++)
      products[p] =
        a0 * (filling[b] as number) +
        a1 * (filling[b + 1] as number) +
        a2 * (filling[b + 2] as number) +
        a3 * (filling[b + 3] as number) +
        a4 * (filling[b + 4] as number) +
        a5 * (filling[b + 5] as number) +
        a6 * (filling[b + 6] as number) +
        a7 * (filling[b + 7] as number)
  }
}

/**
 * What a full block says of each pair, into `into` from `from` on: the efficient score of the correlation of two standard normals at its baseline value ρ,
 * (1 + ρ²)·z_a z_b − ρ (z_a² + z_b²), a row. It uses the squares where the plain product does not: for ρ = .6 a change weighs 2.5 times as much.
 */
export function scoreBlock(state: PairState, into: Float32Array, from: number): void {
  sumBlock(state)
  const { products, squares } = sums
  const { rho } = state
  const width = state.used.length
  for (let a = 1, p = 0; a < width; a++) {
    const own = squares[a] as number
    for (let b = 0; b < a; b++, p++) {
      const r = rho[p] as number
      into[from + p] = ((1 + r * r) * (products[p] as number) - r * (own + (squares[b] as number))) / blockRows
    }
  }
}

export function emptyBlock(state: PairState): void {
  state.rows = 0
  state.mass = 0
}
