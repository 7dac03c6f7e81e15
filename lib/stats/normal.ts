/**
 * Standard normal distribution function, to about 1e-14 relative in both tails.
 * Source: Marsaglia 2004, Evaluating the normal distribution (series); Lentz's continued fraction beyond 2.5.
 */
export function normalCdf(z: number): number {
  if (Number.isNaN(z)) return Number.NaN
  if (z < -38.5) return 0
  if (z > 8.5) return 1
  const x = Math.abs(z)
  if (x > 2.5) {
    const tail = density(x) / continued(x)
    return z < 0 ? tail : 1 - tail
  }
  let term = z
  let sum = z
  for (let k = 3; Math.abs(term) > 1e-18; k += 2) {
    term *= (z * z) / k
    sum += term
  }
  return 0.5 + sum * density(z)
}

const density = (z: number): number => Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI)

/** x + 1/(x + 2/(x + 3/(…: the reciprocal of the Mills ratio. */
function continued(x: number): number {
  let value = x
  for (let k = 120; k >= 1; k--) value = x + k / value
  return value
}

/**
 * The z below which a standard normal lies with probability p: −∞ at 0, ∞ at 1, NaN outside.
 * Source: Acklam's rational approximation, then two steps of Halley's method.
 */
export function normalQuantile(p: number): number {
  if (!(p >= 0 && p <= 1)) return Number.NaN
  if (p === 0) return Number.NEGATIVE_INFINITY
  if (p === 1) return Number.POSITIVE_INFINITY
  if (p > 0.5) return -normalQuantile(1 - p)
  let z = rough(p)
  for (let i = 0; i < 2; i++) {
    const u = (normalCdf(z) - p) / density(z)
    z -= u / (1 + (z * u) / 2)
  }
  return z
}

/** For 0 < p ≤ .5. */
function rough(p: number): number {
  if (p < 0.02425) {
    const q = Math.sqrt(-2 * Math.log(p))
    return (
      (((((-7.784894002430293e-3 * q - 0.3223964580411365) * q - 2.400758277161838) * q - 2.549732539343734) * q +
        4.374664141464968) *
        q +
        2.938163982698783) /
      ((((7.784695709041462e-3 * q + 0.3224671290700398) * q + 2.445134137142996) * q + 3.754408661907416) * q + 1)
    )
  }
  const q = p - 0.5
  const r = q * q
  return (
    ((((((-39.69683028665376 * r + 220.9460984245205) * r - 275.9285104469687) * r + 138.357751867269) * r -
      30.66479806614716) *
      r +
      2.506628277459239) *
      q) /
    (((((-54.47609879822406 * r + 161.5858368580409) * r - 155.6989798598866) * r + 66.80131188771972) * r -
      13.28068155288572) *
      r +
      1)
  )
}
