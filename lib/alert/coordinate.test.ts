import { describe, expect, it } from 'vitest'
import type { Alarm } from '@/lib/detect/detector'
import { judge, release } from './coordinate'
import { noteReturn, observe, startCoordinator } from './coordinator'

const alarm = (over: Partial<Alarm>): Alarm => ({
  kind: 'drift.feature',
  unit: 'feature=temp',
  subject: { feature: 'temp' },
  eventIndex: 5200,
  onsetIndex: 5000,
  onsetTimeMs: Date.UTC(2026, 10, 1),
  logE: 12.34567,
  threshold: 12.2,
  effect: 0.41239,
  effectUnit: 'σ',
  n: 200,
  severity: 'warning',
  verdict: 'benign-shift',
  why: 'temp rose',
  test: 'all rows alike',
  ...over,
})
const flip = (over: Partial<Alarm> = {}) =>
  alarm({
    kind: 'poison.label_flip',
    unit: 'origin=vendor-7',
    subject: { origin: 'vendor-7', label: 'ham' },
    verdict: 'poisoning',
    why: 'vendor-7 flips',
    ...over,
  })
const rising = (over: Partial<Alarm> = {}) =>
  alarm({ kind: 'drift.concept', unit: 'error', subject: {}, verdict: 'concept-change', why: 'errors rose', ...over })
const at = (index: number, linesPerEvent = 1) => ({
  model: 'spam',
  seq: index,
  index,
  timeMs: Date.UTC(2026, 10, 1, 1),
  linesPerEvent,
})

describe('the coordinator', () => {
  it('says a finding with deterministic ids and rounded numbers', () => {
    const [one] = judge(startCoordinator(), alarm({}), at(5200))
    const [two] = judge(startCoordinator(), alarm({}), at(5200))
    expect(one).toEqual(two)
    expect(one).toMatchObject({
      type: 'finding',
      id: expect.stringMatching(/^f-[0-9a-f]{16}$/),
      eventIndex: 5200,
      onsetAt: '2026-11-01T00:00:00Z',
      firedAt: '2026-11-01T01:00:00Z',
      evidence: { logE: 12.346, threshold: 12.2, effect: 0.4124, n: 200 },
    })
  })

  it('puts features that move together into one incident, and a move far away into another', () => {
    const state = startCoordinator()
    const [a] = judge(state, alarm({}), at(5200))
    const [b] = judge(state, alarm({ unit: 'feature=dew', subject: { feature: 'dew' }, onsetIndex: 5040 }), at(5400))
    const [c] = judge(state, alarm({ unit: 'feature=wind', subject: { feature: 'wind' }, onsetIndex: 9000 }), at(9300))
    const incident = (x: unknown) => (x as { incident: string }).incident
    expect(incident(b)).toBe(incident(a))
    expect(incident(c)).not.toBe(incident(a))
  })

  it('keeps silent on errors that rise where an input moved, unless a source is accused', () => {
    const state = startCoordinator()
    judge(state, alarm({}), at(5200))
    expect(judge(state, rising({ onsetIndex: 5100 }), at(5600))).toEqual([])
    judge(state, flip({ onsetIndex: 5150 }), at(5700))
    expect(judge(state, rising({ onsetIndex: 5200 }), at(5800))).toMatchObject([{ verdict: 'poisoning' }])
  })

  it('blames on a source the errors that it explains, before and after', () => {
    const state = startCoordinator()
    const [error] = judge(state, rising(), at(5200))
    const said = judge(state, flip({ onsetIndex: 4900 }), at(5300))
    const id = (error as { id: string }).id
    expect(said).toMatchObject([
      { type: 'finding', kind: 'poison.label_flip', incident: (error as { incident: string }).incident },
      { type: 'verdict', finding: id, eventIndex: 5300, verdict: 'poisoning' },
    ])
    expect(judge(state, rising({ onsetIndex: 5250 }), at(5600))).toMatchObject([{ verdict: 'poisoning' }])
  })

  it('never calls one person careless and an enemy: who is accused is not warned of, and a warning gives way to an accusation', () => {
    const careless = alarm({
      kind: 'quality.labeler',
      unit: 'origin=vendor-7',
      subject: { origin: 'vendor-7' },
      verdict: 'undetermined',
    })
    const state = startCoordinator()
    const [warning] = judge(state, careless, at(5200))
    expect(warning).toMatchObject({ kind: 'quality.labeler', verdict: 'undetermined' })
    // It explains no rise of errors.
    expect(judge(state, rising({ onsetIndex: 5010 }), at(5250))).toMatchObject([{ kind: 'drift.concept' }])
    const { id } = warning as { id: string }
    expect(judge(state, flip({ onsetIndex: 9000 }), at(9500))).toMatchObject([
      { type: 'finding', kind: 'poison.label_flip' },
      { type: 'verdict', finding: id, verdict: 'poisoning' },
    ])
    expect(judge(state, { ...careless, onsetIndex: 9600 }, at(9900))).toEqual([])
  })

  it('joins errors that rise long after to the poisoning that still hurts, not to one long past', () => {
    const state = startCoordinator()
    const [accusation] = judge(state, flip(), at(5200))
    const [late] = judge(state, rising({ onsetIndex: 13_000, verdict: 'model-regression' }), at(14_000))
    expect(late).toMatchObject({ verdict: 'poisoning', incident: (accusation as { incident: string }).incident })
    const [later] = judge(state, rising({ onsetIndex: 40_000 }), at(41_000))
    expect(later).toMatchObject({ verdict: 'concept-change' })
  })

  it('accuses an origin once, and never joins it to an honest shift', () => {
    const state = startCoordinator()
    const [shift] = judge(state, alarm({}), at(5200))
    const [accusation] = judge(state, flip(), at(5250))
    expect((accusation as { incident: string }).incident).not.toBe((shift as { incident: string }).incident)
    expect(judge(state, flip(), at(5300))).toEqual([])
    expect(state.accused).toEqual(['origin=vendor-7'])
  })

  it('measures nearness in events of the model where other models share the stream', () => {
    const state = startCoordinator()
    const [a] = judge(state, alarm({}), at(50_200, 10))
    const dew = alarm({ unit: 'feature=dew', subject: { feature: 'dew' }, onsetIndex: 16_000 })
    const [b] = judge(state, dew, at(56_000, 10))
    expect((b as { incident: string }).incident).toBe((a as { incident: string }).incident)
  })

  const kinds = (said: readonly unknown[]) => said.map((one) => (one as { kind: string }).kind)
  const local = (region: string, over: Partial<Alarm> = {}) =>
    alarm({ unit: `feature=temp & region=${region}`, subject: { feature: 'temp', segment: { region } }, ...over })

  it('names the segment alone when it speaks first, and the feature alone when that does', () => {
    const first = startCoordinator()
    expect(kinds(judge(first, local('east'), at(5200)))).toEqual(['drift.feature'])
    expect(judge(first, alarm({ onsetIndex: 5050 }), at(5400))).toEqual([])
    expect(judge(first, local('west', { onsetIndex: 5100 }), at(5500))).toEqual([])
    const second = startCoordinator()
    judge(second, alarm({}), at(5200))
    expect(judge(second, local('east'), at(5300))).toEqual([])
    // A unit of a segment that found the other segments moved too speaks of the feature alone: that was said.
    expect(judge(second, local('east', { subject: { feature: 'temp' } }), at(5400))).toEqual([])
    expect(kinds(judge(second, alarm({ onsetIndex: 5600 }), at(5800)))).toEqual(['drift.feature'])
  })

  it('holds a prediction that moves until its cause could speak', () => {
    const prediction = alarm({ kind: 'drift.prediction', unit: 'prediction', subject: {} })
    const alone = startCoordinator()
    expect(judge(alone, prediction, at(5200))).toEqual([])
    expect(release(alone, at(5299))).toEqual([])
    expect(release(alone, at(5300))).toMatchObject([{ kind: 'drift.prediction', eventIndex: 5300, onsetIndex: 5000 }])
    const caused = startCoordinator()
    judge(caused, prediction, at(5200))
    judge(caused, alarm({}), at(5250))
    expect(release(caused, at(5300))).toEqual([])
  })

  it('takes every alarm of a faulty feature for that fault, until it returns', () => {
    const state = startCoordinator()
    const fault = alarm({ kind: 'quality.range', unit: 'range=temp', verdict: 'pipeline-bug' })
    expect(kinds(judge(state, fault, at(5200)))).toEqual(['quality.range'])
    expect(judge(state, alarm({ onsetIndex: 30_000 }), at(30_100))).toEqual([])
    noteReturn(state, {
      kind: 'drift.feature',
      unit: 'feature=temp',
      subject: { feature: 'temp' },
      eventIndex: 30_200,
      onsetIndex: 30_150,
    })
    expect(kinds(judge(state, alarm({ onsetIndex: 60_000 }), at(60_100)))).toEqual(['drift.feature'])
  })

  it('says that faulty values come no more, and all of a constant that began to vary', () => {
    const outage = alarm({ kind: 'quality.missing', unit: 'missing=temp', onsetIndex: 30_000, effect: 1 })
    const state = startCoordinator()
    judge(state, alarm({ kind: 'quality.range', unit: 'range=temp', verdict: 'pipeline-bug' }), at(5200))
    expect(judge(state, { ...outage, onsetIndex: 5300 }, at(5400))).toEqual([])
    expect(kinds(judge(state, outage, at(30_100)))).toEqual(['quality.missing'])
    const woken = startCoordinator()
    judge(woken, alarm({ kind: 'quality.range', unit: 'constant=temp', verdict: 'undetermined' }), at(5200))
    expect(kinds(judge(woken, alarm({ onsetIndex: 30_000 }), at(30_100)))).toEqual(['drift.feature'])
  })

  it('says nothing of the dependence of a feature that left its baseline, until it is back', () => {
    const state = startCoordinator()
    const pair = (onsetIndex: number) =>
      alarm({ kind: 'drift.multivariate', unit: 'pair=dew,temp', subject: { features: ['temp', 'dew'] }, onsetIndex })
    judge(state, alarm({}), at(5200))
    judge(state, pair(40_000), at(40_100))
    expect(release(state, at(40_300))).toEqual([])
    noteReturn(state, {
      kind: 'drift.feature',
      unit: 'feature=temp',
      subject: { feature: 'temp' },
      eventIndex: 50_000,
      onsetIndex: 49_900,
    })
    judge(state, pair(80_000), at(80_100))
    expect(release(state, at(80_300))).toMatchObject([{ kind: 'drift.multivariate' }])
  })

  it('takes new answers of a model that keeps learning for its work, where labels come', () => {
    const prediction = alarm({ kind: 'drift.prediction', unit: 'prediction', subject: { version: 'v9' } })
    const state = startCoordinator()
    const see = (type: string, index: number) =>
      observe(state, { event: { type, id: `e-${index}`, data: {} }, index } as never, index)
    for (const index of [1000, 3000, 5000]) see('ml.version.v1', index)
    judge(state, prediction, at(5200))
    expect(release(state, at(5300))).toMatchObject([{ kind: 'drift.prediction' }])
    for (let index = 5300; index < 5800; index++) see('ml.label.v1', index)
    judge(state, { ...prediction, onsetIndex: 20_000 }, at(20_100))
    expect(release(state, at(20_300))).toEqual([])
  })

  it('puts errors into the incident of a feature that moved before and is not back', () => {
    const state = startCoordinator()
    const [moved] = judge(state, alarm({}), at(5200))
    const [errors] = judge(state, rising({ onsetIndex: 9000 }), at(9300))
    expect((errors as { incident: string }).incident).toBe((moved as { incident: string }).incident)
  })
})
