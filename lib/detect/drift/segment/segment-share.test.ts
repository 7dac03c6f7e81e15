import { describe, expect, it } from 'vitest'
import { segmentShare } from '@/lib/detect/drift/segment/segment-share'
import { drive, eventAt } from '@/lib/detect/drift/test-drive'
import { hashUniform } from '@/lib/stats/hash-uniform'

const pick = (key: string, t: number, first = 0.5) => {
  const u = hashUniform(key, t)
  return u < first ? 'eu' : u < first + 0.8 * (1 - first) ? 'us' : 'asia'
}
const stream = (rows: number, region: (t: number) => string, key = 'region', stepMs = 60_000) =>
  Array.from({ length: rows }, (_, t) => {
    const arrival = eventAt(t, 'ml.prediction.v1', {
      model: 'm',
      version: '1',
      prediction: 'a',
      segment: { [key]: region(t) },
      features: {},
    })
    return { ...arrival, event: { ...arrival.event, timeMs: 1_700_000_000_000 + t * stepMs } }
  })
const summary = (alarms: ReturnType<typeof drive>) =>
  alarms.map((a) => [a.subject.segment, a.eventIndex, a.onsetIndex, a.verdict])

describe('shares of segments', () => {
  it('finds a launch from its first row, and another one after it', () => {
    const alarms = drive(
      segmentShare,
      stream(9000, (t) => (t >= 4000 && t % 50 === 0 ? 'new' : t >= 7000 && t % 50 === 1 ? 'newer' : pick('a', t))),
    )
    expect(summary(alarms)).toEqual([
      [{ region: 'new' }, 4200, 4000, 'benign-shift'],
      [{ region: 'newer' }, 7151, 7001, 'benign-shift'],
    ])
    expect(alarms[0]?.why).toContain('region=new is new')
  })

  it('says a launch that grows once', () => {
    const grows = (t: number) => 0.15 * Math.min(1, (t - 3900) / 2000)
    const alarms = drive(
      segmentShare,
      stream(9000, (t) => (t >= 4000 && hashUniform('grows', t) < grows(t) ? 'new' : pick('g', t))),
    )
    expect(alarms.map((a) => a.subject.segment)).toEqual([{ region: 'new' }])
  })

  it('names the value that took more of the rows, and says nothing of its return', () => {
    const alarms = drive(
      segmentShare,
      stream(9000, (t) => pick('b', t, t >= 4000 && t < 6500 ? 0.7 : 0.5)),
    )
    expect(summary(alarms)).toEqual([[{ region: 'eu' }, 4205, 3984, 'benign-shift']])
  })

  it('leaves identifiers alone', () => {
    expect(
      drive(
        segmentShare,
        stream(4000, (t) => `session ${t}`),
      ),
    ).toEqual([])
  })

  it('keeps its promise on steady, bursty and many values', () => {
    // 30 streams of 4,000 watched lines at one in 20,000, half spent: 3 expected at most; 9 is more than three deviations above.
    let alarms = 0
    for (let s = 0; s < 10; s++) {
      let now = 'eu'
      for (const region of [
        (t: number) => pick(`n${s}`, t),
        (t: number) => {
          if (hashUniform(`s${s}`, t) < 0.05) now = pick(`b${s}`, t)
          return now
        },
        (t: number) => `shop ${Math.floor(120 * hashUniform(`m${s}`, t) ** 2)}`,
      ])
        alarms += drive(segmentShare, stream(6000, region), 20_000).length
    }
    expect(alarms).toBeLessThanOrEqual(9)
  })
})
