import { logBeta } from './binomial'

/** Regularised incomplete beta function I_x(a, b), about 1e-12. Source: Lentz's continued fraction (DLMF 8.17.22). */
export function betaCdf(x: number, a: number, b: number): number {
  if (!(x > 0)) return 0
  if (x >= 1) return 1
  if (x > (a + 1) / (a + b + 2)) return 1 - betaCdf(1 - x, b, a)
  const front = Math.exp(a * Math.log(x) + b * Math.log1p(-x) - logBeta(a, b)) / a
  const tiny = 1e-300
  let c = 1
  let d = 1 - ((a + b) * x) / (a + 1)
  d = 1 / (Math.abs(d) < tiny ? tiny : d)
  let value = d
  for (let m = 1; m < 500; m++) {
    for (const step of [
      (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m)),
      (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1)),
    ]) {
      d = 1 + step * d
      d = 1 / (Math.abs(d) < tiny ? tiny : d)
      c = 1 + step / c
      if (Math.abs(c) < tiny) c = tiny
      value *= c * d
    }
    if (Math.abs(c * d - 1) < 1e-14) break
  }
  return front * value
}

/** The x with I_x(a, b) = p, by halving, to 1e-9. */
export function betaQuantile(p: number, a: number, b: number): number {
  let low = 0
  let high = 1
  for (let i = 0; i < 60 && high - low > 1e-10; i++) {
    const middle = (low + high) / 2
    if (betaCdf(middle, a, b) < p) low = middle
    else high = middle
  }
  return (low + high) / 2
}
