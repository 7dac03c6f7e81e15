import type { Random } from './random'

/** A fixed regressor: ridge on random rectified units, fitted once to rows of the first concept. */
export function fitRegressor(
  random: Random,
  rows: readonly (readonly number[])[],
  y: readonly number[],
  units = 160,
): (x: readonly number[]) => number {
  const d = rows[0]?.length ?? 0
  const weights = Array.from({ length: units }, () =>
    Array.from({ length: d }, () => (random.chance(0.4) ? 3 * random.normal() : 0)),
  )
  const biases = weights.map((w) => -w.reduce((s, v) => s + v * random.uniform(), 0))
  const hidden = (x: readonly number[]) => [
    1,
    ...x,
    ...weights.map((w, u) =>
      Math.max(
        0,
        w.reduce((s, v, j) => s + v * (x[j] as number), biases[u] as number),
      ),
    ),
  ]
  const H = rows.map(hidden)
  const n = 1 + d + units
  const A = Array.from({ length: n }, (_, i) => {
    const row = new Float64Array(n + 1)
    row[i] = 0.5
    return row
  })
  for (const [r, h] of H.entries())
    for (let i = 0; i < n; i++) {
      const row = A[i] as Float64Array
      const hi = h[i] as number
      for (let j = 0; j < n; j++) row[j] = (row[j] as number) + hi * (h[j] as number)
      row[n] = (row[n] as number) + hi * (y[r] as number)
    }
  const w = solve(A)
  return (x) => hidden(x).reduce((s, v, i) => s + v * (w[i] as number), 0)
}

/** Gauss–Jordan on a positive definite system, the right side in the last column. */
function solve(A: readonly Float64Array[]): number[] {
  const n = A.length
  for (let i = 0; i < n; i++) {
    const pivot = A[i] as Float64Array
    for (let k = 0; k < n; k++) {
      if (k === i) continue
      const row = A[k] as Float64Array
      const f = (row[i] as number) / (pivot[i] as number)
      if (f !== 0) for (let j = i; j <= n; j++) row[j] = (row[j] as number) - f * (pivot[j] as number)
    }
  }
  return A.map((row, i) => (row[n] as number) / (row[i] as number))
}
