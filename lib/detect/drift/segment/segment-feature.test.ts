import { describe, expect, it } from 'vitest'
import { conformanceContext } from '@/lib/detect/conformance'
import { segmentOf } from '@/lib/detect/drift/segment/explain'
import { segmentFeature } from '@/lib/detect/drift/segment/segment-feature'
import { drive, eventAt } from '@/lib/detect/drift/test-drive'
import { hashUniform } from '@/lib/stats/hash-uniform'
import { normalQuantile } from '@/lib/stats/normal'

const normal = (key: string, t: number) => normalQuantile(hashUniform(key, t))
/** Four regions, the last with one row in twenty; most of its rows come from ios. */
const regionOf = (key: string, t: number) => {
  const u = hashUniform(`r${key}`, t)
  return u < 0.5 ? 0 : u < 0.8 ? 1 : u < 0.95 ? 2 : 3
}
const stream = (rows: number, key: string, shift: (t: number, region: number) => number) =>
  Array.from({ length: rows }, (_, t) => {
    const region = regionOf(key, t)
    const device = hashUniform(`d${key}`, t) < (region === 3 ? 0.9 : 0.3) ? 'ios' : 'web'
    return eventAt(t, 'ml.prediction.v1', {
      model: 'm',
      version: '1',
      prediction: 'a',
      segment: { device, region: `r${region}` },
      features: { x: normal(`x${key}`, t) + 0.3 * region + shift(t, region), y: normal(`y${key}`, t) },
    })
  })
const summary = (alarms: ReturnType<typeof drive>) => alarms.map((a) => [a.subject, a.eventIndex, a.onsetIndex])

describe('a feature within segments', () => {
  it('names the region of 5 % in which it moved, not the device that most of it uses', () => {
    const alarms = drive(
      segmentFeature,
      stream(9000, 's', (t, region) => (t >= 4000 && region === 3 ? 1.5 : 0)),
    )
    expect(summary(alarms)).toEqual([[{ feature: 'x', segment: { region: 'r3' } }, 4233, 4012]])
    expect(alarms[0]?.why).toMatch(/^Within region=r3, x rose [\d.]+ σ: median .* the other \d+ rows since then keep/)
    expect(alarms[0]?.test).toContain('of the evidence lies within')
  })

  it('names the feature alone where all segments moved', () => {
    const alarms = drive(
      segmentFeature,
      stream(6000, 'all', (t) => (t >= 4000 ? 0.5 : 0)),
    )
    expect(summary(alarms)).toEqual([[{ feature: 'x' }, 4153, 4000]])
  })

  it('is silent on a launch: rows of a region that the baseline did not know', () => {
    const launched = stream(8000, 'launch', () => 0).map((arrival, t) =>
      t >= 4000 && t % 5 === 0
        ? eventAt(t, 'ml.prediction.v1', {
            model: 'm',
            version: '1',
            prediction: 'a',
            segment: { device: 'ios', region: 'new' },
            features: { x: 5 + normal('l', t), y: -5 },
          })
        : arrival,
    )
    expect(drive(segmentFeature, launched)).toEqual([])
  })

  it('explains a change that the pooled feature found first', () => {
    const rows = stream(4600, 'first', (t, region) => (t >= 4000 && region === 3 ? 1.5 : 0))
    const context = { ...conformanceContext(1e12, 2000), config: {} }
    const { state } = segmentFeature.update(segmentFeature.init(segmentFeature.params, context), rows, context)
    expect(segmentOf(state, 'x', 4000, 4599)).toMatchObject({ key: 'region', value: 'r3' })
    expect(segmentOf(state, 'y', 4000, 4599)).toBeNull()
    expect(segmentOf(state, 'unknown', 4000, 4599)).toBeNull()
  })

  it('keeps its promise where regions differ, with ties and with serial correlation', () => {
    // 30 streams of 4,000 watched lines at one in 20,000, half spent: 3 expected at most; 9 is more than three deviations above.
    let alarms = 0
    for (let s = 0; s < 10; s++) {
      let x = 0
      for (const shift of [
        (t: number) => Math.round(normal(`i${s}`, t)),
        (_: number, region: number) => region * 2,
        (t: number) => {
          x = 0.7 * x + normal(`ar${s}`, t)
          return x * 3
        },
      ])
        alarms += drive(segmentFeature, stream(6000, `null ${s}`, shift), 20_000).length
    }
    expect(alarms).toBeLessThanOrEqual(9)
  })
})
