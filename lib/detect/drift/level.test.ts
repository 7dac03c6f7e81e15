import { expect, it } from 'vitest'
import { laggedRankIn, learnBin, rankIn, startLevel } from '@/lib/detect/drift/level'
import { hashUniform } from '@/lib/stats/hash-uniform'
import { binOfValue } from '@/lib/stats/quantile-edges'

it.each([
  ['without ties', (u: number) => u],
  ['with ties', (u: number) => Math.floor(12 * u * u)],
])('gives uniform ranks in the tails too, %s', (_, shape) => {
  // 400 baselines of 200 rows; 100 further values each. Counted: ranks in the highest and lowest 1 %, 400 expected of 40,000 each.
  let low = 0
  let high = 0
  for (let s = 0; s < 400; s++) {
    const value = (t: number) => shape(hashUniform(`level ${s}`, t))
    const level = startLevel(Array.from({ length: 200 }, (_, t) => value(t)))
    for (let t = 200; t < 300; t++) {
      const bin = binOfValue(level.edges, value(t))
      const p = rankIn(level, bin, hashUniform(`u ${s}`, t))
      if (p < 0.01) low++
      if (p > 0.99) high++
      learnBin(level, bin)
    }
  }
  // Ranks within a stream are independent, so four standard deviations are 80.
  expect(Math.abs(low - 400)).toBeLessThan(80)
  expect(Math.abs(high - 400)).toBeLessThan(80)
})

it('keeps the lagged counts 400 values behind', () => {
  const level = startLevel(Array.from({ length: 100 }, (_, t) => t))
  const before = laggedRankIn(level, 60, 0.5)
  for (let t = 0; t < 400; t++) learnBin(level, 0)
  expect(laggedRankIn(level, 60, 0.5)).toBe(before)
  learnBin(level, 0)
  expect(level.laggedTotal).toBe(102)
})
