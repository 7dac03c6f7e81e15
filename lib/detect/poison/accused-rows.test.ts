import { expect, it } from 'vitest'
import type { Alarm } from '@/lib/detect/detector'
import type { Arrival } from '@/lib/event/types'
import { emptyJudgement } from '@/lib/learn/judge/calibrate'
import type { Learner } from '@/lib/learn/witness'
import { hashUniform } from '@/lib/stats/hash-uniform'
import { noteAccusation, suspicionOf as ranked, startAccusedRows } from './accused-rows'

const judged = { ...emptyJudgement(), classes: 2 }
let y = 0
const learner = { witness: () => ({ y, judged, shadow: { regressor: null } }) } as unknown as Learner
const accusation = (kind: Alarm['kind'], subject: Alarm['subject']) => ({ kind, subject }) as Alarm
const rowOf = (origin: string, labeler?: string) =>
  ({
    index: 0,
    event: { type: 'ml.training.v1', data: { origin: { id: origin }, ...(labeler ? { labeler } : {}) } },
  }) as unknown as Arrival

/** Suspicion of a row whose label is honest with chance `p`. */
function suspicionOf(accused: ReturnType<typeof startAccusedRows>, row: Arrival, p: number, label = 1): number {
  y = label
  judged.p[label] = judged.tempered[label] = p
  judged.p[1 - label] = judged.tempered[1 - label] = 1 - p
  return ranked(accused, 0, row, learner)
}

it('leaves the rows of others as they were', () => {
  const accused = startAccusedRows()
  const before = suspicionOf(accused, rowOf('a'), 0.01)
  expect(before).toBeCloseTo(0.495, 3)
  noteAccusation(accused, accusation('poison.label_flip', { origin: 'b' }))
  noteAccusation(accused, accusation('drift.concept', { origin: 'a' }))
  noteAccusation(accused, accusation('poison.trigger', { origin: 'a', pattern: 'zx' }))
  expect(suspicionOf(accused, rowOf('a'), 0.01)).toBe(before)
})

it('learns how much of what the accused sends is bad: the good rows of who turns a third are let be', () => {
  for (const [turned, good] of [
    [1, 0.35],
    [0.3, 0.1],
  ] as const) {
    const accused = startAccusedRows()
    noteAccusation(accused, accusation('poison.availability', { origins: ['a', 'b'] }))
    for (let i = 0; i < 400; i++)
      suspicionOf(accused, rowOf('a'), hashUniform('turned', i) < turned ? 0.03 : 0.97, i % 2)
    expect(suspicionOf(accused, rowOf('a'), 0.03)).toBeGreaterThan(0.9)
    if (turned < 1) expect(suspicionOf(accused, rowOf('a'), 0.9)).toBeLessThan(0.1 + good)
    else expect(suspicionOf(accused, rowOf('a'), 0.9)).toBeGreaterThan(0.7)
  }
})

it('learns which label turned rows bear', () => {
  const accused = startAccusedRows()
  noteAccusation(accused, accusation('poison.label_flip', { labeler: 'w' }))
  for (let i = 0; i < 100; i++) suspicionOf(accused, rowOf('any', 'w'), i % 2 ? 0.05 : 0.9, i % 2)
  expect(suspicionOf(accused, rowOf('any', 'w'), 0.4, 1)).toBeGreaterThan(
    suspicionOf(accused, rowOf('any', 'w'), 0.4, 0) + 0.3,
  )
})

it('rows of who repeats others are bad whatever they say', () => {
  const accused = startAccusedRows()
  noteAccusation(accused, accusation('poison.injection', { origins: ['young'] }))
  expect(suspicionOf(accused, rowOf('young'), 0.99)).toBeGreaterThan(0.95)
})

it('accounts that came together and were accused together send little else, whatever their labels; of old ones only what is turned', () => {
  const accused = startAccusedRows()
  for (let i = 0; i < 1200; i++) suspicionOf(accused, rowOf(`old-${i % 40}`), 0.95)
  for (const origin of ['x', 'y']) suspicionOf(accused, rowOf(origin), 0.95)
  noteAccusation(accused, accusation('poison.availability', { origins: ['x', 'y', 'old-1'] }))
  for (let i = 0; i < 50; i++) for (const origin of ['x', 'old-1']) suspicionOf(accused, rowOf(origin), 0.95)
  expect(suspicionOf(accused, rowOf('old-1'), 0.95)).toBeLessThan(0.1)
  expect(suspicionOf(accused, rowOf('x'), 0.95)).toBeGreaterThan(0.5)
  expect(suspicionOf(accused, rowOf('x'), 0.02)).toBeGreaterThan(suspicionOf(accused, rowOf('x'), 0.95))
})
