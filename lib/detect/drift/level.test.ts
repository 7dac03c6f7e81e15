import { expect, it } from 'vitest'
import { laggedRankBinIn, learnBin, rankBinIn, startLevel } from '@/lib/detect/drift/level'
import { rankBins } from '@/lib/evidence/rank-bets'
import { binInGrid } from '@/lib/stats/edge-grid'
import { hashUniform } from '@/lib/stats/hash-uniform'

it.each([
  ['without ties', (u: number) => u],
  ['with ties', (u: number) => Math.floor(12 * u * u)],
])('gives uniform ranks in the tails too, %s', (_, shape) => {
  // 400 baselines of 200 rows; 100 further values each. Counted: ranks in the highest and lowest .8 %, 320 expected of 40,000 each.
  let low = 0
  let high = 0
  for (let s = 0; s < 400; s++) {
    const value = (t: number) => shape(hashUniform(`level ${s}`, t))
    const level = startLevel(Array.from({ length: 200 }, (_, t) => value(t)))
    for (let t = 200; t < 300; t++) {
      const bin = binInGrid(level.grid, value(t))
      const k = rankBinIn(level, bin, hashUniform(`u ${s}`, t))
      if (k < 3) low++
      if (k >= rankBins - 3) high++
      learnBin(level, bin)
    }
  }
  // Ranks within a stream are independent, so four standard deviations are 72.
  expect(Math.abs(low - 320)).toBeLessThan(72)
  expect(Math.abs(high - 320)).toBeLessThan(72)
})

it('keeps the lagged counts 400 values behind', () => {
  const level = startLevel(Array.from({ length: 100 }, (_, t) => t))
  for (let t = 0; t < 400; t++) learnBin(level, 0)
  expect(level.laggedTotal).toBe(101)
  learnBin(level, 0)
  expect(level.laggedTotal).toBe(102)
})

it('gives the same lagged tail bins as a sum over all counts, as these grow', () => {
  const uniform = (lane: string, t: number) => hashUniform(`lagged ${lane}`, t)
  const level = startLevel(Array.from({ length: 2000 }, (_, t) => uniform('value', t)))
  const seen = [0, 0]
  for (let t = 2000; t < 30_000; t++) {
    const bin = binInGrid(level.grid, uniform('value', t) ** (t > 9000 ? 2 : 1))
    const u = uniform('u', t)
    const below = level.lagged.slice(0, bin).reduce((a, b) => a + b, 0)
    const p = (below + u * (level.lagged[bin] as number)) / level.laggedTotal
    const tail = p < 0.0005 ? 0 : p >= 0.9995 ? 1 : -1
    const k = laggedRankBinIn(level, bin, u)
    expect(k === 0 ? 0 : k === rankBins - 1 ? 1 : -1).toBe(tail)
    if (tail >= 0) seen[tail] = (seen[tail] as number) + 1
    learnBin(level, bin)
  }
  expect(Math.min(...seen)).toBeGreaterThan(5)
})
