/**
 * Cholesky's factor of a symmetric matrix with a ridge: A + ridge·I = L Lᵀ.
 * @param lower triangle of A, row by row: size·(size + 1)/2 numbers. @returns L, size × size, row by row; null where the matrix is not positive definite.
 */
export function choleskyFactor(lower: ArrayLike<number>, size: number, ridge: number): Float64Array | null {
  const low = new Float64Array(size * size)
  for (let i = 0, at = 0; i < size; i++) {
    for (let j = 0; j <= i; j++, at++) {
      let value = (lower[at] as number) + (i === j ? ridge : 0)
      for (let k = 0; k < j; k++) value -= (low[i * size + k] as number) * (low[j * size + k] as number)
      if (i !== j) low[i * size + j] = value / (low[j * size + j] as number)
      else if (value > 0) low[i * size + i] = Math.sqrt(value)
      else return null
    }
  }
  return low
}

/** Solves L Lᵀ w = b. @param low `choleskyFactor`'s. */
export function choleskySolve(low: Float64Array, b: ArrayLike<number>): Float64Array {
  const w = Float64Array.from(b)
  const size = w.length
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < i; k++) w[i] = (w[i] as number) - (low[i * size + k] as number) * (w[k] as number)
    w[i] = (w[i] as number) / (low[i * size + i] as number)
  }
  for (let i = size - 1; i >= 0; i--) {
    for (let k = i + 1; k < size; k++) w[i] = (w[i] as number) - (low[k * size + i] as number) * (w[k] as number)
    w[i] = (w[i] as number) / (low[i * size + i] as number)
  }
  return w
}
