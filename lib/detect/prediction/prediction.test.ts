import { describe, expect, it } from 'vitest'
import { drive, eventAt } from '@/lib/detect/drift/test-drive'
import { predictionDrift } from '@/lib/detect/prediction/prediction'
import type { Arrival } from '@/lib/event/types'
import { hashUniform } from '@/lib/stats/hash-uniform'
import { normalQuantile } from '@/lib/stats/normal'

const stream = (rows: number, make: (t: number) => object): Arrival[] =>
  Array.from({ length: rows }, (_, t) =>
    eventAt(t, 'ml.prediction.v1', { model: 'm', version: '1', features: {}, ...make(t) }),
  )
const summary = (alarms: ReturnType<typeof drive>) => alarms.map((a) => [a.unit, a.eventIndex, a.onsetIndex, a.verdict])
const share = (t: number) => (t >= 3000 ? 0.6 : 0.3)

describe('prediction drift', () => {
  it('finds a mix of classes 30 % → 60 %', () => {
    const alarms = drive(
      predictionDrift,
      stream(5000, (t) => ({ prediction: hashUniform('c', t) < share(t) ? 'a' : 'b' })),
    )
    expect(summary(alarms)).toEqual([['class', 3053, 2993, 'undetermined']])
  })

  it('finds a class that was never predicted, soon', () => {
    const alarms = drive(
      predictionDrift,
      stream(4000, (t) => ({ prediction: t >= 3000 && t % 10 === 0 ? 'new' : hashUniform('n', t) < 0.5 ? 'a' : 'b' })),
    )
    expect(summary(alarms)).toEqual([['class', 3040, 3000, 'undetermined']])
  })

  it('finds a score that moves by half a deviation, and a value', () => {
    const z = (t: number) => normalQuantile(hashUniform('z', t)) + (t >= 3000 ? 0.5 : 0)
    const scores = stream(4000, (t) => ({ prediction: 'a', score: 1 / (1 + Math.exp(-z(t))) }))
    expect(summary(drive(predictionDrift, scores))).toEqual([['score', 3045, 3003, 'undetermined']])
    const values = stream(4000, (t) => ({ prediction: z(t) }))
    expect(summary(drive(predictionDrift, values))).toEqual([['value', 3045, 3003, 'undetermined']])
  })

  it('holds a version that came with it worse', () => {
    const rows = stream(5000, (t) => ({
      version: t >= 3000 ? '2' : '1',
      prediction: hashUniform('c', t) < share(t) ? 'a' : 'b',
    }))
    const [alarm] = drive(predictionDrift, rows)
    expect([alarm?.verdict, alarm?.subject]).toEqual(['model-regression', { version: '2' }])
  })

  it('keeps its promise on steady output', () => {
    // 60 streams of 4,000 watched rows, one in 20,000 lines, half spent: 6 expected at most; 14 is more than three deviations above.
    let alarms = 0
    for (let s = 0; s < 60; s++)
      alarms += drive(
        predictionDrift,
        stream(6000, (t) => ({
          prediction: hashUniform(`q${s}`, t) < 0.3 ? 'a' : 'b',
          score: hashUniform(`s${s}`, t),
        })),
        20_000,
      ).length
    expect(alarms).toBeLessThanOrEqual(14)
  })
})
