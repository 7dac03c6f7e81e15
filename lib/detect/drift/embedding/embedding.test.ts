import { describe, expect, it } from 'vitest'
import { embeddingDrift } from '@/lib/detect/drift/embedding/embedding'
import { drive, eventAt } from '@/lib/detect/drift/test-drive'
import { hashUniform } from '@/lib/stats/hash-uniform'
import { normalQuantile } from '@/lib/stats/normal'

const vector = (t: number, dimensions: number, key = 'e') =>
  Array.from({ length: dimensions }, (_, i) =>
    normalQuantile(hashUniform(`${key}${i % 97}`, t * 64 + Math.floor(i / 97))),
  )
const stream = (rows: number, embedding: (t: number) => number[]) =>
  Array.from({ length: rows }, (_, t) =>
    eventAt(t, 'ml.prediction.v1', {
      model: 'm',
      version: '1',
      prediction: 'a',
      features: {},
      embedding: embedding(t),
    }),
  )
const summary = (alarms: ReturnType<typeof drive>) =>
  alarms.map((a) => [a.kind, a.subject, a.eventIndex, a.onsetIndex, a.verdict])
const subject = { feature: 'embedding' }

describe('embeddings', () => {
  it.each([
    ['move', 16, (v: number[]) => v.map((x, i) => x + (i % 3 === 0 ? 0.6 : 0)), 3133, 2998],
    ['widen in every direction', 384, (v: number[]) => v.map((x) => 1.1 * x), 3004, 3000],
    ['collapse towards a point', 16, (v: number[]) => v.map((x) => 0.7 * x), 3011, 3000],
  ])('finds vectors that %s', (_, dimensions, after, line, onset) => {
    const alarms = drive(
      embeddingDrift,
      stream(4000, (t) => (t >= 3000 ? after(vector(t, dimensions)) : vector(t, dimensions))),
    )
    expect(summary(alarms)).toEqual([['drift.feature', subject, line, onset, 'benign-shift']])
  })

  it('calls another shape, zeros and repeats what they are', () => {
    const faulty = (fault: (t: number) => number[]) =>
      summary(
        drive(
          embeddingDrift,
          stream(3500, (t) => (t >= 3000 ? fault(t) : vector(t, 12))),
        ),
      )
    expect(faulty((t) => vector(t, 11))).toEqual([['quality.schema', subject, 3003, 3000, 'pipeline-bug']])
    expect(faulty(() => vector(0, 12).map(() => 0))).toEqual([['quality.frozen', subject, 3003, 3000, 'pipeline-bug']])
    expect(faulty(() => vector(7, 12))).toEqual([['quality.frozen', subject, 3005, 3001, 'pipeline-bug']])
  })

  it('keeps its promise on plain, clustered and heavy-tailed vectors', () => {
    // 9 streams of 4,000 watched lines at one in 20,000, half spent: .9 expected at most.
    let alarms = 0
    for (let s = 0; s < 3; s++)
      for (const next of [
        (t: number) => vector(t, 8, `p${s}`),
        (t: number) => vector(t, 8, `c${s}`).map((x) => x + (hashUniform(`k${s}`, t) < 0.3 ? 3 : 0)),
        (t: number) => vector(t, 8, `h${s}`).map((x) => x ** 3),
      ])
        alarms += drive(embeddingDrift, stream(6000, next), 20_000).length
    expect(alarms).toBeLessThanOrEqual(3)
  })
})
