import { choleskyFactor } from '@/lib/stats/cholesky'

/**
 * Second moments of a row of numbers, the past forgotten at a half-life, and from them how each number follows from all the others: with P the
 * inverse of the moments, x_j − E[x_j | others] = (P x)_j / P_jj. One inverse gives all regressions at once.
 */
export interface Moments {
  readonly size: number
  readonly keep: number
  /** Σ x xᵀ, decayed: the lower triangle, row by row. */
  sum: Float64Array
  /** The inverse as last fitted, whole; empty before. */
  inverse: Float64Array
}

/** Weight, in rows, of the prior that nothing follows from anything. */
const ridge = 1

export const startMoments = (size: number, halfLifeRows: number): Moments => ({
  size,
  keep: 0.5 ** (1 / halfLifeRows),
  sum: new Float64Array((size * (size + 1)) / 2),
  inverse: new Float64Array(0),
})

export function addMoments({ size, keep, sum }: Moments, x: ArrayLike<number>): void {
  let at = 0
  for (let i = 0; i < size; i++) {
    const xi = x[i] as number
    for (let j = 0; j <= i; j++, at++) sum[at] = (sum[at] as number) * keep + xi * (x[j] as number)
  }
}

/** What is left of x_j when the others have said what they know of it; `x` itself before the first fit. */
export function restOf({ size, inverse }: Moments, x: ArrayLike<number>, j: number): number {
  if (inverse.length === 0) return x[j] as number
  const row = j * size
  let sum = 0
  for (let i = 0; i < size; i++) sum += (inverse[row + i] as number) * (x[i] as number)
  return sum / (inverse[row + j] as number)
}

/** Inverts the moments as they stand, by Cholesky's factors. Keeps the last inverse where they are not positive definite. */
export function fitMoments(moments: Moments): void {
  const { size, sum } = moments
  const low = choleskyFactor(sum, size, ridge)
  if (!low) return
  // Columns of the inverse of the lower factor, then its square.
  const back = new Float64Array(size * size)
  for (let j = 0; j < size; j++) {
    back[j * size + j] = 1 / (low[j * size + j] as number)
    for (let i = j + 1; i < size; i++) {
      let value = 0
      for (let k = j; k < i; k++) value -= (low[i * size + k] as number) * (back[k * size + j] as number)
      back[i * size + j] = value / (low[i * size + i] as number)
    }
  }
  const inverse = new Float64Array(size * size)
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let value = 0
      for (let k = i; k < size; k++) value += (back[k * size + i] as number) * (back[k * size + j] as number)
      inverse[i * size + j] = value
      inverse[j * size + i] = value
    }
  }
  moments.inverse = inverse
}

/** P x, with P the inverse of the moments. */
export function timesInverse({ size, inverse }: Moments, x: ArrayLike<number>): Float64Array {
  const y = new Float64Array(size)
  for (let i = 0; i < size; i++) {
    let sum = 0
    for (let j = 0; j < size; j++) sum += (inverse[i * size + j] as number) * (x[j] as number)
    y[i] = sum
  }
  return y
}

export function quadratic(x: ArrayLike<number>, y: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < x.length; i++) sum += (x[i] as number) * (y[i] as number)
  return sum
}

/** Rows that the moments hold: what the inverse is multiplied by to be that of a covariance. The first number of a row is always 1. */
export const weightOf = ({ sum }: Moments): number => sum[0] as number

/** Degrees of freedom: rows of real streams have tails. */
const nu = 4

/** Log density, up to a constant, of a row whose quadratic form is `q`: Student's t in `size` dimensions, so that no wild row says all. */
export const tailNats = (q: number, size: number): number => -0.5 * (nu + size) * Math.log1p(Math.max(0, q) / nu)
