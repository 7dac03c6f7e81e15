import { expect, it } from 'vitest'
import { run, runLength } from '@/lib/detect/poison/label-flip/run'
import { startUnit } from '@/lib/detect/poison/label-flip/unit'
import { emptyJudgement } from '@/lib/learn/judge/calibrate'
import { classIndex } from '@/lib/learn/judge/classes'
import { judge } from '@/lib/learn/judge/judge'
import { learn, startShadow } from '@/lib/learn/learn'
import type { Witness } from '@/lib/learn/witness'
import { hashUniform } from '@/lib/stats/hash-uniform'
import { anyBet, classBet } from './bets'
import { companyOfRow, honestChance, ownSuspicion } from './row-suspicion'

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
  const own = (p: number) => {
    const judged = emptyJudgement()
    judged.classes = 2
    judged.p[1] = judged.tempered[1] = p
    const witness = { y: 1, judged, shadow: { regressor: null } } as unknown as Witness
    return Number(ownSuspicion(witness, honestChance(witness, 'b')).toFixed(3))
  }
  expect([0.9, 0.5, 0.1, 0.01].map(own)).toEqual([0.05, 0.25, 0.45, 0.495])
})

it('of numbers it tells how far they lie from the expected, where classes tell no more', () => {
  const shadow = startShadow({ config: { task: 'regression' }, golden: [] })
  const rowAt = (i: number) => {
    const x = hashUniform('x', i)
    return { features: { x, z: hashUniform('z', i) }, label: 10 * x + hashUniform('noise', i) }
  }
  for (let i = 0; i < 2000; i++) {
    const row = rowAt(i)
    judge(shadow, row)
    learn(shadow, row, classIndex(shadow.classes, row.label), 'a')
  }
  const judged = judge(shadow, { features: { x: 0.5, z: 0.5 } })
  const witness = { y: 4, judged, shadow } as unknown as Witness
  const suspicions = [5.5, 6.1, 6.4, 7].map((label) => ownSuspicion(witness, honestChance(witness, label)))
  expect(suspicions[0]).toBeLessThan(0.15)
  expect(suspicions[1]).toBeGreaterThan(0.25)
  expect(suspicions[2]).toBeGreaterThan((suspicions[1] as number) + 0.01)
  expect(suspicions[3]).toBeGreaterThan((suspicions[2] as number) + 0.001)
  expect(suspicions[3]).toBeLessThan(0.5)
})

it('the evidence against its source adds to it, from a few nats on, and only to labels that go its way', () => {
  const by = (nats: number) => companyOfRow(0.1, 1, 2, unitWith(anyBet, nats), null)
  expect(by(0.5)).toBe(0)
  expect(by(2)).toBeLessThan(0.05)
  expect(by(6)).toBeCloseTo(0.5, 1)
  expect(by(12)).toBeGreaterThan(0.95)
  expect(companyOfRow(0.1, 1, 2, unitWith(classBet(0), 12), null)).toBe(0)
  expect(companyOfRow(0.1, 1, 2, null, unitWith(classBet(1), 12))).toBeGreaterThan(0.95)
})

it('a good label of who turns a few is hardly suspect', () => {
  expect(companyOfRow(0.95, 1, 2, unitWith(anyBet, 12, 12, 40), null)).toBeLessThan(0.05)
})
