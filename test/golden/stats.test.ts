import { describe, expect, it } from 'vitest'
import { rateSequence, wilsonInterval } from '@/lib/evidence/rate-interval'
import { logBinomial, logGamma } from '@/lib/stats/binomial'
import { hashUniform } from '@/lib/stats/hash-uniform'
import { normalCdf, normalQuantile } from '@/lib/stats/normal'
import { quantileOf } from '@/lib/stats/quantile-edges'
import golden from './stats.golden.json'

/** Within a relative error: tails of 1e-300 count as much as the middle. */
function near(actual: number, expected: number, relative: number) {
  expect(Math.abs(actual - expected), `${actual} against ${expected}`).toBeLessThanOrEqual(
    relative * Math.max(Math.abs(expected), 1e-320),
  )
}

describe('against SciPy', () => {
  it('normal distribution function', () => {
    for (const [z, p] of golden.normalCdf as [number, number][]) near(normalCdf(z), p, 1e-12)
  })
  it('normal quantile', () => {
    for (const [p, z] of golden.normalQuantile as [number, number][]) {
      if (z === 0) expect(normalQuantile(p)).toBeCloseTo(0, 14)
      else near(normalQuantile(p), z, 1e-10)
    }
    expect(normalQuantile(0)).toBe(Number.NEGATIVE_INFINITY)
    expect(normalQuantile(2)).toBeNaN()
  })
  it('log-gamma and binomial probabilities', () => {
    for (const [x, y] of golden.logGamma as [number, number][])
      expect(Math.abs(logGamma(x) - y)).toBeLessThanOrEqual(1e-12 * Math.max(1, Math.abs(y)))
    for (const [k, n, p, y] of golden.logBinomial as [number, number, number, number][])
      near(logBinomial(k, n, p), y, 1e-9)
  })
  it('Wilson interval and quantiles of a sample', () => {
    for (const [k, n, low, high] of golden.wilson as [number, number, number, number][]) {
      const [a, b] = wilsonInterval(k, n)
      expect(a).toBeCloseTo(low, 12)
      expect(b).toBeCloseTo(high, 12)
    }
    for (const [q, value] of golden.quantile.at as [number, number][])
      expect(quantileOf(golden.quantile.sample, q)).toBeCloseTo(value, 12)
  })
})

describe('confidence sequence of a rate', () => {
  it('covers at every n at once in at least 95 % of streams, and is not idle', () => {
    let missed = 0
    for (let stream = 0; stream < 200; stream++) {
      let hits = 0
      for (let n = 1; n <= 400; n++) {
        if (hashUniform(`rate ${stream}`, n) < 0.2) hits++
        const [low, high] = rateSequence(hits, n)
        if (0.2 < low || 0.2 > high) {
          missed++
          break
        }
      }
    }
    // 10 expected at most; 20 is more than three standard deviations above.
    expect(missed).toBeLessThanOrEqual(20)
    const [low, high] = rateSequence(200, 1000)
    expect(high - low).toBeLessThan(0.1)
    expect(rateSequence(0, 5)[0]).toBe(0)
  })
})
