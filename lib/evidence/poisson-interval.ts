import { logGamma } from '@/lib/stats/binomial'

/**
 * The exact 95 % interval of a Poisson mean of which `count` was seen: the means under which so many, or so few, are no rarer than `tail` each side.
 * Source: Garwood 1936, Biometrika 28.
 *
 * @example poissonInterval(0) → [0, 3.69]; poissonInterval(3) → [.619, 8.77]
 */
export function poissonInterval(count: number, tail = 0.025): [low: number, high: number] {
  const high = bisect(count, 2 * count + 20, (mean) => atMost(count, mean) < tail)
  return [count === 0 ? 0 : bisect(0, count, (mean) => 1 - atMost(count - 1, mean) > tail), high]
}

/** P(X ≤ k) for X Poisson of this mean. */
function atMost(k: number, mean: number): number {
  if (mean <= 0) return 1
  let total = 0
  for (let i = 0; i <= k; i++) total += Math.exp(i * Math.log(mean) - mean - logGamma(i + 1))
  return Math.min(1, total)
}

/** Where `beyond` turns true between two means. */
function bisect(from: number, to: number, beyond: (mean: number) => boolean): number {
  let low = from
  let high = to
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2
    if (beyond(middle)) high = middle
    else low = middle
  }
  return (low + high) / 2
}
