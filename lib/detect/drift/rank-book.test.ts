import { expect, test } from 'vitest'
import { armRanks, betsOf, dealt, reportRanks, startRankBook, watchRank } from '@/lib/detect/drift/rank-book'
import { gatherMixture, startEvidence } from '@/lib/evidence/e-detector'
import { rankBin, rankTables } from '@/lib/evidence/rank-bets'
import { reportEvidence } from '@/lib/evidence/report'
import { massAt, uniformAt } from '@/lib/evidence/stake'
import { hashUniform } from '@/lib/stats/hash-uniform'

test('units side by side count and bet as each would alone', () => {
  const table = rankTables.both.fixed
  const bets = betsOf(table)
  const book = startRankBook(3, bets)
  const counts = [0, 1, 2].map((unit) => Array.from({ length: 61 }, (_, b) => (b * 7 + unit) % 5))
  const evidence = counts.map(() => startEvidence(bets))
  const shares = new Array(bets).fill(1 / bets)
  for (const [unit, own] of counts.entries()) armRanks(book, unit, own)
  for (let i = 0; i < 300; i++) {
    const unit = i % 3
    const own = counts[unit] as number[]
    const bin = i % 7 === 0 ? 60 : Math.floor(61 * hashUniform('bin', i))
    const below = own.slice(0, bin).reduce((a, b) => a + b, 0)
    const total = own.reduce((a, b) => a + b, 0)
    const u = hashUniform('u', i)
    const k = rankBin((below + u * ((own[bin] as number) + 1)) / (total + 1))
    own[bin] = (own[bin] as number) + 1
    const alone = gatherMixture(evidence[unit] as never, table.slice(k * bets, (k + 1) * bets), shares, 1e-5)
    dealt[massAt] = 1e-5
    dealt[uniformAt] = u
    expect(watchRank(book, unit, table, bin)).toBe(alone >= 1)
    expect(book.m.slice(unit * bets, (unit + 1) * bets).reduce((a, b) => a + b, 0)).toBeCloseTo(alone, 12)
  }
  for (const unit of [0, 1, 2]) {
    const alone = reportEvidence(evidence[unit] as never)
    expect(reportRanks(book, unit).logE).toBeCloseTo(alone.logE, 9)
    expect(reportRanks(book, unit).n).toBe(100)
  }
  armRanks(book, 1, [1, 2])
  expect(reportRanks(book, 1)).toEqual({ logE: 0, threshold: 0, n: 0 })
})
