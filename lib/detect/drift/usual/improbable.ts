import { normalCdf, normalQuantile } from '@/lib/stats/normal'

/** Mean absolute value of a standard normal. */
const meanAbsolute = Math.sqrt(2 / Math.PI)

/** Standard deviation of past changes, by their mean size, or by the greatest where that says more. */
export function spreadOf(usual: number, record: number, seen: number): number {
  return Math.max(usual / meanAbsolute, record / normalQuantile(1 - 1 / (4 * seen)), 1e-12)
}

/** −ln of the two-sided tail of Student's t, by Wallace's normal approximation. `seen` mean absolute values weigh .876 of as many squares. */
export function improbability(t: number, seen: number): number {
  const nu = 0.876 * seen
  const z = (Math.sqrt(nu * Math.log1p((t * t) / nu)) * (8 * nu + 1)) / (8 * nu + 3)
  return z > 37 ? 0.5 * z * z : -Math.log(2 * normalCdf(-z))
}
