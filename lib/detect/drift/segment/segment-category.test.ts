import { describe, expect, it } from 'vitest'
import { categoricalFeature } from '@/lib/detect/drift/category/categorical-feature'
import { segmentCategory } from '@/lib/detect/drift/segment/segment-category'
import { drive, eventAt } from '@/lib/detect/drift/test-drive'
import { hashUniform } from '@/lib/stats/hash-uniform'

type Segment = Record<string, string>
/** A plan and a channel; the region of 5 % is `north`, half of which comes by phone. */
const stream = (rows: number, key: string, plan: (t: number, u: number, segment: Segment) => string) =>
  Array.from({ length: rows }, (_, t) => {
    const u = (lane: string) => hashUniform(`${lane}${key}`, t)
    const region = u('r') < 0.05 ? 'north' : u('r') < 0.4 ? 'east' : 'west'
    const device = u('d') < (region === 'north' ? 0.5 : 0.3) ? 'phone' : 'desk'
    const segment = { region, device }
    return eventAt(t, 'ml.prediction.v1', {
      model: 'm',
      version: '1',
      prediction: 'a',
      segment,
      features: { plan: plan(t, u('p'), segment), kind: u('k') < 0.3 ? 'x' : 'y', amount: u('a') },
    })
  })
const plans = (u: number, free = 0.5) => (u < free ? 'free' : u < free + 0.6 * (1 - free) ? 'team' : 'firm')
const summary = (alarms: ReturnType<typeof drive>) =>
  alarms.map((a) => [a.subject.feature, a.subject.segment, a.eventIndex, a.onsetIndex])

describe('categories within a segment', () => {
  it('names the region of 5 % in which the shares moved', () => {
    const moves = stream(9000, '1', (t, u, { region }) => plans(u, t >= 4000 && region === 'north' ? 0.1 : 0.5))
    const alarms = drive(segmentCategory, moves)
    expect(summary(alarms)).toEqual([['plan', { region: 'north' }, 5753, 3979]])
    expect(alarms[0]?.why).toMatch(/^Within region=north, plan: "free" went from 49 % to 11 % of the rows/)
    expect(drive(categoricalFeature, moves)).toEqual([])
  })

  it('names the feature alone where all segments moved', () => {
    const alarms = drive(
      segmentCategory,
      stream(6000, '2', (t, u) => plans(u, t >= 4000 ? 0.3 : 0.5)),
    )
    expect(alarms.map((a) => [a.subject.feature, a.subject.segment])).toEqual([['plan', undefined]])
  })

  it('keeps its promise where regions differ and where rows come in runs', () => {
    // 12 streams of 6,000 watched lines at one in 10,000, half spent: 3.6 expected at most; 9 is near three deviations above.
    let alarms = 0
    for (let s = 0; s < 4; s++) {
      let held = 0.5
      for (const plan of [
        (_: number, u: number) => plans(u),
        (_: number, u: number, { region }: Segment) => plans(u, region === 'north' ? 0.8 : 0.3),
        (t: number, u: number) => {
          held = hashUniform(`held${s}`, t) < 0.8 ? held : u
          return plans(held)
        },
      ])
        alarms += drive(segmentCategory, stream(8000, `n${s}`, plan), 10_000).length
    }
    expect(alarms).toBeLessThanOrEqual(9)
  })
})
