import { expect, test } from 'vitest'
import { anyBet, classBet, honestBound, oddBet, shareOf, standOf, turnedShares } from '@/lib/detect/poison/bets'
import { emptyJudgement } from '@/lib/learn/judge/calibrate'

const odds = Math.exp(0.4)

test('a bet expects at most 1 under every honest law: careless up to the bound, tilted up to .4', () => {
  for (const p of [0.004, 0.02, 0.1, 0.3, 0.5])
    for (const wrong of [0, 0.08, 0.15])
      for (const tilt of [0, 0.2, 0.4]) {
        const tilted = (p * Math.exp(tilt)) / (1 + p * (Math.exp(tilt) - 1))
        const hit = (1 - wrong) * tilted + wrong
        const bound = honestBound(p, odds, 0.15)
        for (const share of turnedShares) {
          const q = Math.min(0.99, p + share * (1 - p - p))
          if (q <= bound) continue
          expect((hit * q) / bound + ((1 - hit) * (1 - q)) / (1 - bound)).toBeLessThanOrEqual(1 + 1e-12)
        }
      }
})

test('the shares of a mass add up to it', () => {
  for (const classes of [2, 3, 8]) {
    let sum = 0
    for (let bet = 0; bet < 2 + classes; bet++) sum += shareOf(bet, classes)
    expect(sum).toBeCloseTo(1, 12)
  }
})

test('odd labels are those with less than half of their even part of what the favourite leaves', () => {
  const j = emptyJudgement()
  // The favourite leaves .3 to three others: .1 each if even. .04 and .02 are odd.
  Object.assign(j, { classes: 4, favourite: 1, disagree: 0.3 })
  j.p.set([0.24, 0.7, 0.04, 0.02])
  expect(standOf(oddBet, j, 2)).toMatchObject({ on: true, hit: true, turned: 2 / 3 })
  expect(standOf(oddBet, j, 2).p).toBeCloseTo(0.06, 12)
  expect(standOf(oddBet, j, 0).hit).toBe(false)
  expect(standOf(anyBet, j, 0)).toMatchObject({ on: true, hit: true, p: 0.3 })
  expect(standOf(classBet(1), j, 0).on).toBe(false)
  expect(standOf(classBet(0), j, 0)).toMatchObject({ on: true, hit: true, p: 0.24, turned: 1 })
})
