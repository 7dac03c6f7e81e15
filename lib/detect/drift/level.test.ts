import { expect, it } from 'vitest'
import { highShare, learnBin, lowShare, rankIn, startLevel, stratumOf, tailOf } from '@/lib/detect/drift/level'
import { rankBin, rankBins } from '@/lib/evidence/rank-bets'
import { highest, lowest } from '@/lib/evidence/tail-bets'
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
      const own = stratumOf(level, 0)
      const k = rankBin(rankIn(level, own, bin, hashUniform(`u ${s}`, t)))
      if (k < 3) low++
      if (k >= rankBins - 3) high++
      learnBin(own, bin)
    }
  }
  // Ranks within a stream are independent, so four standard deviations are 72.
  expect(Math.abs(low - 320)).toBeLessThan(72)
  expect(Math.abs(high - 320)).toBeLessThan(72)
})

it('gives each tail its own probability, ties and strata or not', () => {
  // 300 baselines of 500 rows in two strata, 200 further values each; hits of the lowest and highest bins against the sum of what was said of them.
  const seen = { low: 0, high: 0, said: 0 }
  for (let s = 0; s < 300; s++) {
    const value = (t: number) => (t % 2) + Math.floor(20 * hashUniform(`tail ${s}`, t) ** 3)
    const rows = Array.from({ length: 500 }, (_, t) => t)
    const level = startLevel(
      rows.map(value),
      rows.map((t) => t % 2),
    )
    for (let t = 500; t < 700; t++) {
      const own = stratumOf(level, t % 2)
      const [low, high] = [lowShare(level, own), highShare(level, own)]
      const bin = binInGrid(level.grid, value(t))
      const tail = tailOf(rankIn(level, own, bin, hashUniform(`u ${s}`, t)), low, high)
      if (tail === lowest) seen.low += 1 - low
      else seen.low -= low
      if (tail === highest) seen.high += 1 - high
      else seen.high -= high
      seen.said += high
      learnBin(own, bin)
    }
  }
  // The variance of a sum of hits less their probabilities is about the sum of these.
  expect(Math.abs(seen.high)).toBeLessThan(4 * Math.sqrt(seen.said))
  expect(Math.abs(seen.low)).toBeLessThan(4 * Math.sqrt(60_000 * 0.25))
})

it('keeps strata apart', () => {
  const level = startLevel([1, 2, 3, 4, 11, 12, 13, 14], [0, 0, 0, 0, 1, 1, 1, 1])
  const bin = binInGrid(level.grid, 5)
  // Above all of the first stratum, below all of the second: (4 + u)/5 and u/5.
  expect(rankIn(level, stratumOf(level, 0), bin, 0.5)).toBeCloseTo(0.9, 12)
  expect(rankIn(level, stratumOf(level, 1), bin, 0.5)).toBeLessThan(0.31)
  expect(rankIn(level, stratumOf(level, 7), bin, 0.5)).toBe(0.5)
})
