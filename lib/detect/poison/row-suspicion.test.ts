import { expect, it } from 'vitest'
import { emptyJudgement } from '@/lib/learn/calibrate'
import { anyBet, classBet } from './bets'
import { suspicionOfRow } from './row-suspicion'
import { run, runLength } from './run'
import { startUnit } from './unit'

function judged(p: number) {
  const j = { ...emptyJudgement(), classes: 2 }
  for (const of of [j.p, j.tempered]) {
    of[1] = p
    of[0] = 1 - p
  }
  return j
}

function unitWith(bet: number, nats: number, hits = 9, rows = 10) {
  const unit = startUnit('origin', 'a', '', 1, 0)
  unit.runs = new Float64Array(4 * runLength)
  unit.runs.set([nats], bet * runLength)
  unit.runs[bet * runLength + run.rows] = rows
  unit.runs[bet * runLength + run.hits] = hits
  unit.runs[bet * runLength + run.expected] = 1
  return unit
}

it('a row alone is as suspicious as its label is unlikely, ½ at most', () => {
  const alone = [0.9, 0.5, 0.1, 0.01].map((p) => Number(suspicionOfRow(judged(p), 1, null, null).toFixed(3)))
  expect(alone).toEqual([0.045, 0.238, 0.446, 0.495])
})

it('the evidence against its source adds to it, from a few nats on, and only to labels that go its way', () => {
  const p = judged(0.1)
  const by = (nats: number) => suspicionOfRow(p, 1, unitWith(anyBet, nats), null)
  expect(by(2)).toBeLessThan(0.47)
  expect(by(6)).toBeGreaterThan(0.7)
  expect(by(12)).toBeGreaterThan(0.97)
  expect(suspicionOfRow(p, 1, unitWith(classBet(0), 12), null)).toBe(suspicionOfRow(p, 1, null, null))
  expect(suspicionOfRow(p, 1, null, unitWith(classBet(1), 12))).toBeGreaterThan(0.97)
})

it('a good label of who turns a few is hardly suspect', () => {
  expect(suspicionOfRow(judged(0.95), 1, unitWith(anyBet, 12, 12, 40), null)).toBeLessThan(0.06)
})
