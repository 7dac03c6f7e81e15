import { width } from './compact'

/**
 * Sums over rows that decide a least-squares learner: A = Σ x xᵀ (upper triangle, row by row), B = Σ x yᵀ. They add and subtract, so a source's rows
 * can be taken out exactly.
 */
export interface Moments {
  rows: number
  a: Float32Array
  /** `outputs` numbers a column. */
  b: Float32Array
}

export const triangle = (width * (width + 1)) / 2

export const startMoments = (outputs: number): Moments => ({
  rows: 0,
  a: new Float32Array(triangle),
  b: new Float32Array(width * outputs),
})

const used = new Int32Array(width)

/** Takes a row in (`sign` 1) or out (−1). @param y its targets. */
export function addRow(moments: Moments, x: Float64Array, y: Float64Array, outputs: number, sign = 1): void {
  const { a, b } = moments
  moments.rows += sign
  let n = 0
  for (let c = 0; c < width; c++) if (x[c] !== 0) used[n++] = c
  for (let i = 0; i < n; i++) {
    const c = used[i] as number
    const v = sign * (x[c] as number)
    // Where row c of the triangle begins, less c.
    const row = c * width - (c * (c + 1)) / 2
    for (let j = i; j < n; j++) {
      const d = used[j] as number
      a[row + d] = (a[row + d] as number) + v * (x[d] as number)
    }
    for (let k = 0; k < outputs; k++) b[c * outputs + k] = (b[c * outputs + k] as number) + v * (y[k] as number)
  }
}

/** Adds all of `from` to `into`; sums of sums are kept in double precision by whoever makes them. */
export function addMoments(
  into: { rows: number; a: Float32Array | Float64Array; b: Float32Array | Float64Array },
  from: Moments,
  sign = 1,
): void {
  into.rows += sign * from.rows
  for (let i = 0; i < triangle; i++) into.a[i] = (into.a[i] as number) + sign * (from.a[i] as number)
  for (let i = 0; i < from.b.length; i++) into.b[i] = (into.b[i] as number) + sign * (from.b[i] as number)
}
