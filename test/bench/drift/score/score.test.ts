import { describe, expect, it } from 'vitest'
import type { MadeStream, Raised, Truth } from '../stream/truth'
import { score } from './score'

const line = { time: '2026-01-01T00:00:00Z' }
const moved: Truth = {
  kinds: ['drift.feature'],
  subject: { feature: 'a' },
  from: 100,
  verdicts: ['benign-shift'],
  follows: ['drift.prediction'],
}
const stream = (truths: Truth[], recorded = false): MadeStream => ({
  name: 's',
  seed: 'x',
  lines: Array(1000).fill(line),
  truths,
  recorded,
})
const said = (eventIndex: number, more: Partial<Raised> = {}): Raised => ({
  eventIndex,
  onsetIndex: eventIndex - 5,
  kind: 'drift.feature',
  subject: { feature: 'a' },
  verdict: 'benign-shift',
  model: 'm',
  incident: 'i',
  ...more,
})

describe('holding findings against what was put in', () => {
  it('counts the first that names it as found, with its delay and onset error, and the next of its kind as a repeat', () => {
    const scored = score(stream([moved]), [said(140), said(300)])
    expect(scored).toMatchObject({ found: 1, verdictsRight: 1, delays: [40], onsets: [35] })
    expect([scored.repeats.length, scored.wrong.length]).toEqual([1, 0])
  })

  it('calls wrong what comes before, names another column, or names more than what moved', () => {
    const more = { subject: { feature: 'a', segment: { region: 'x' } } }
    expect(score(stream([moved]), [said(90), said(150, { subject: { feature: 'b' } }), said(160, more)])).toMatchObject(
      {
        found: 0,
        wrong: [{ eventIndex: 90 }, { eventIndex: 150 }, { eventIndex: 160 }],
      },
    )
  })

  it('takes several features in any order, and a true consequence for neither found nor false', () => {
    const swap: Truth = { ...moved, kinds: ['quality.swap'], subject: { features: ['a', 'b'] } }
    const swapped = said(120, { kind: 'quality.swap', subject: { features: ['b', 'a'] }, verdict: 'pipeline-bug' })
    const scored = score(stream([swap]), [swapped, said(130, { kind: 'drift.prediction', subject: {} })])
    expect(scored).toMatchObject({
      found: 1,
      verdictsRight: 0,
      verdictsDue: 1,
      wrong: [],
      consequences: [{ eventIndex: 130 }],
    })
  })

  it('lets a change that takes its time be said again until it is complete', () => {
    const slow = { ...moved, completeAt: 400 }
    expect(score(stream([slow]), [said(200), said(390), said(600)]).repeats).toMatchObject([{ eventIndex: 600 }])
  })

  it('judges nothing but what was put in where the stream is recorded', () => {
    expect(score(stream([moved], true), [said(50), said(150)])).toMatchObject({
      found: 1,
      wrong: [],
      unjudged: [{ eventIndex: 50 }],
    })
  })
})
