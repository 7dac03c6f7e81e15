import { expect, test } from 'vitest'
import { honestBound, shareOf, turnedShares } from '@/lib/detect/poison/bets'
import { run } from '@/lib/detect/poison/label-flip/run'
import { suspect } from '@/lib/detect/poison/label-flip/suspects'
import { startUnit, strongestBet, weigh } from '@/lib/detect/poison/label-flip/unit'
import { emptyJudgement } from '@/lib/learn/judge/calibrate'

const usual = { careless: 0.15, tilt: 0.4, modesty: 1 }
const sure = (favourite: number) => {
  const j = emptyJudgement()
  Object.assign(j, { classes: 2, favourite, disagree: 0.02, steady: 0.02 })
  j.p[favourite] = 0.98
  j.p[1 - favourite] = 0.02
  return j
}

test('evidence and onset by hand: ten right rows, then wrong ones from line 10 on', () => {
  const unit = startUnit('origin', 'a', 'vendor', 0, 0)
  const mass = 1e-5
  for (let i = 0; i < 10; i++) weigh(unit, sure(0), 0, i, 1000 * i, mass, usual)
  let total = 0
  for (let i = 10; i < 14; i++) total = weigh(unit, sure(0), 1, i, 1000 * i, mass, usual)
  expect(unit.runs[run.onsetIndex]).toBe(10)
  expect(unit.runs[run.onsetTime]).toBe(10_000)
  expect([unit.runs[run.rows], unit.runs[run.hits]]).toEqual([4, 4])
  // Oracle: the recursion M ← e(M + w) written out anew, for both bets that the row touches (any, class 1) and four shares of turned labels each.
  const bound = honestBound(0.02, Math.exp(0.4), 0.15)
  let expected = 0
  for (const [bet, turned] of [
    [0, 0.98],
    [3, 1],
  ] as const)
    for (const share of turnedShares) {
      const q = Math.min(0.99, 0.02 + share * (turned - 0.02))
      const right = q > bound ? (1 - q) / (1 - bound) : 1
      const wrong = q > bound ? q / bound : 1
      let m = 0
      for (let i = 0; i < 14; i++) m = (i >= 10 ? wrong : right) * (m + (mass * shareOf(bet, 2)) / 4)
      expected += m
    }
  expect(total).toBeCloseTo(expected, 12)
  expect(strongestBet(unit)).toBe(0)
})

test('keeps the thousand most suspicious rows', () => {
  const unit = startUnit('origin', 'a', 'vendor', 0, 0)
  for (let i = 0; i < 1500; i++)
    suspect(unit, { id: `t-${i}`, index: i, timeMs: i, y: 1, suspicion: (i % 1500) / 1500, partner: -1 })
  expect(unit.suspects).toHaveLength(1000)
  expect(unit.suspects[0]?.id).toBe('t-500')
})
