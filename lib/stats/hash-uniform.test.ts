import { describe, expect, it } from 'vitest'
import { hashUniform } from '@/lib/stats/hash-uniform'

describe('hash uniform', () => {
  it('gives the same number for the same key and counter, and another for any other', () => {
    expect(hashUniform('a', 1)).toBe(hashUniform('a', 1))
    const seen = new Set<number>()
    for (const key of ['', 'a', 'b', 'ab', 'ba', 'é']) for (let n = 0; n < 2000; n++) seen.add(hashUniform(key, n))
    expect(seen.size).toBe(12_000)
    expect(hashUniform('a', 2 ** 40)).not.toBe(hashUniform('a', 0))
  })

  it('is uniform and uncorrelated along the counter and across keys', () => {
    const n = 50_000
    const bins = new Array<number>(100).fill(0)
    let serial = 0
    let across = 0
    let previous = 0
    for (let i = 0; i < n; i++) {
      const u = hashUniform('feature=x', i)
      expect(u > 0 && u < 1).toBe(true)
      const bin = Math.floor(u * 100)
      bins[bin] = (bins[bin] ?? 0) + 1
      serial += (u - 0.5) * (previous - 0.5)
      across += (u - 0.5) * (hashUniform('feature=y', i) - 0.5)
      previous = u
    }
    const chi = bins.reduce((sum, seen) => sum + (seen - n / 100) ** 2 / (n / 100), 0)
    // χ² with 99 degrees of freedom exceeds 149 once in a thousand.
    expect(chi).toBeLessThan(149)
    // Sums of products have standard deviation √n / 12 ≈ 18.6.
    expect(Math.abs(serial)).toBeLessThan(75)
    expect(Math.abs(across)).toBeLessThan(75)
  })
})
