import { width } from './compact'

/** Class probabilities of a row by the weights: `p[0 … classes)`, and its log weights in `f`. `x` may lie in a longer array, from `from` on. Its numbers are finite. */
export function predict(
  weights: Float64Array,
  outputs: number,
  classes: number,
  x: Float64Array,
  from: number,
  f: Float64Array,
  p: Float64Array,
): void {
  if (classes === 2 && outputs === 2) {
    let f0 = 0
    let f1 = 0
    for (let c = 0; c < width; c++) {
      const v = x[from + c] as number
      f0 += v * (weights[2 * c] as number)
      f1 += v * (weights[2 * c + 1] as number)
    }
    f[0] = f0
    f[1] = f1
  } else {
    for (let k = 0; k < classes; k++) f[k] = 0
    for (let c = 0; c < width; c++) {
      const v = x[from + c] as number
      if (v === 0) continue
      const at = c * outputs
      for (let k = 0; k < classes; k++) f[k] = (f[k] as number) + v * (weights[at + k] as number)
    }
  }
  let most = -1e300
  for (let k = 0; k < classes; k++) if ((f[k] as number) > most) most = f[k] as number
  let sum = 0
  for (let k = 0; k < classes; k++) {
    const e = Math.exp((f[k] as number) - most)
    p[k] = e
    sum += e
  }
  for (let k = 0; k < classes; k++) p[k] = (p[k] as number) / sum
}

/**
 * A row of which the learner is sure bends the loss hardly at all where it stands, and does once the learner moves: were it taken at its word, one step
 * would go far beyond where retraining ends (it did, on rows that come after a late attack).
 */
const leastCurvature = 0.1

/**
 * A row's log loss near the weights, as one of least squares: √ρ·x with targets t_k = (ρ·f_k + [y = k] − p_k)/√ρ. Sums over rows then decide the
 * learner, and taking rows out of the sums is one Newton step without them.
 *
 * ρ = (1 − Σp²)/max(1, 1/Σp² − 1): exact for two classes, 1/K where K classes are alike, and of the pair where two are.
 * @returns √ρ; the targets are in `t`.
 */
export function expandRow(f: Float64Array, p: Float64Array, classes: number, y: number, t: Float64Array): number {
  let square = 0
  for (let k = 0; k < classes; k++) square += (p[k] as number) ** 2
  const rho = Math.max(leastCurvature, (1 - square) / Math.max(1, 1 / square - 1))
  const root = Math.sqrt(rho)
  for (let k = 0; k < classes; k++) t[k] = (rho * (f[k] as number) + (k === y ? 1 : 0) - (p[k] as number)) / root
  return root
}
