import { expect, it } from 'vitest'
import { startLearnedBets } from '@/lib/evidence/learned-bets'
import { rankBins, rankWidths } from '@/lib/evidence/rank-bets'
import { betsOfMixture, rankMixtures, wagerRank } from '@/lib/evidence/rank-mixture'
import { highAt, lowAt, massAt, rowsAt, startStake, sumAt } from '@/lib/evidence/stake'
import { highest, lowest, middle } from '@/lib/evidence/tail-bets'
import { hashUniform } from '@/lib/stats/hash-uniform'

const sides = ['both', 'up'] as const

it.each(sides)('divides all the mass, and no bet expects more than 1 of uniform ranks: %s', (side) => {
  const { shares, table, fixed } = rankMixtures[side]
  expect(shares.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12)
  for (let b = 0; b < fixed; b++) {
    let expected = 0
    for (let k = 0; k < rankBins; k++) expected += (rankWidths[k] as number) * (table[k * fixed + b] as number)
    expect(expected).toBeCloseTo(1, 9)
  }
})

it.each(sides)('expects of one more row its mass and nothing else, wherever the evidence lies: %s', (side) => {
  const mixture = rankMixtures[side]
  const before = Float64Array.from({ length: betsOfMixture(mixture) }, (_, b) => 0.01 * hashUniform('before', b))
  const sum = before.reduce((a, b) => a + b, 0)
  // Tails of .003 and .004 apart from the bin of the rank: bets on them add up on their own.
  const tails = [
    [lowest, 0.003],
    [highest, 0.004],
    [middle, 0.993],
  ] as const
  let after = 0
  for (let k = 0; k < rankBins; k++)
    for (const [tail, share] of tails) {
      const stake = startStake()
      stake[massAt] = 0.001
      stake[lowAt] = 0.003
      stake[highAt] = 0.004
      stake[rowsAt] = 2000
      wagerRank(mixture, before.slice(), startLearnedBets(), k, tail, stake)
      after += (rankWidths[k] as number) * share * (stake[sumAt] as number)
    }
  expect(after).toBeCloseTo(sum + 0.001, 9)
})

it('asks less of the outermost ranks once a part of the reference is new', () => {
  const { table, fixed, ageing } = rankMixtures.both
  const wider = 5
  expect(table[wider]).toBeGreaterThan(table[ageing + wider] as number)
  expect(table[ageing + wider]).toBeGreaterThan(1)
  const middleBin = 8 * fixed
  expect(table[middleBin + wider]).toBeLessThan(table[middleBin + ageing + wider] as number)
})
