import { logBeta } from '@/lib/stats/binomial'

/** Wilson's interval for a rate of `hits` in `n`, for one look at a fixed n. `z` 1.96: 95 %. [0, 1] for n = 0. */
export function wilsonInterval(hits: number, n: number, z = 1.959963984540054): [number, number] {
  if (n <= 0) return [0, 1]
  const p = hits / n
  const centre = (p + (z * z) / (2 * n)) / (1 + (z * z) / n)
  const half = (z * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n))) / (1 + (z * z) / n)
  return [hits === 0 ? 0 : Math.max(0, centre - half), hits === n ? 1 : Math.min(1, centre + half)]
}

/**
 * A confidence sequence for a rate: an interval that holds at every n at once with probability 1 − alpha, so it may be watched as it grows.
 * All rates p whose mixture martingale B(½ + k, ½ + n − k) / B(½, ½) / (p^k (1 − p)^(n − k)) is below 1/alpha; found by bisection.
 * Source: Robbins 1970, Statistical methods related to the law of the iterated logarithm.
 */
export function rateSequence(hits: number, n: number, alpha = 0.05): [number, number] {
  if (n <= 0) return [0, 1]
  const mixture = logBeta(hits + 0.5, n - hits + 0.5) - logBeta(0.5, 0.5)
  const outside = (p: number) => {
    const nats = (hits > 0 ? hits * Math.log(p) : 0) + (hits < n ? (n - hits) * Math.log1p(-p) : 0)
    return mixture - nats >= -Math.log(alpha)
  }
  const middle = hits / n
  return [hits === 0 ? 0 : bisect(0, middle, outside), hits === n ? 1 : bisect(1, middle, outside)]
}

/** The border between `from`, outside, and `to`, inside. */
function bisect(from: number, to: number, outside: (p: number) => boolean): number {
  let out = from
  let within = to
  for (let i = 0; i < 60; i++) {
    const p = (out + within) / 2
    if (outside(p)) out = p
    else within = p
  }
  return out
}
