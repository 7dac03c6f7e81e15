import { describe, expect, it } from 'vitest'
import { Judgements } from '@/ingest/model/judgements'
import type { AssayEvent, Label } from '@/lib/event/types'

const prediction = (id: string, timeMs: number, said: Label): AssayEvent => ({
  type: 'ml.prediction.v1',
  id,
  source: 's',
  timeMs,
  data: { model: 'm', version: '1', features: {}, prediction: said },
})
const label = (of: string, said: Label): AssayEvent => ({
  type: 'ml.label.v1',
  id: `label of ${of}`,
  source: 's',
  timeMs: 0,
  data: { model: 'm', prediction: of, label: said },
})

describe('labels and predictions come together', () => {
  it('after the prediction, before it, and twice', () => {
    const all = new Judgements()
    expect(all.judge(prediction('a', 10, 'yes'))).toBeNull()
    expect(all.judge(label('a', 'no'))).toEqual({ predictedMs: 10, labelled: 1, errors: 1 })
    expect(all.judge(label('a', 'yes'))).toEqual({ predictedMs: 10, labelled: 0, errors: -1 })
    expect(all.judge(label('b', '1'))).toBeNull()
    expect(all.judge(prediction('b', 20, 1))).toEqual({ predictedMs: 20, labelled: 1, errors: 0 })
    expect(all.judge(prediction('b', 30, 1))).toBeNull()
  })

  it('keeps the last 100,000 predictions and forgets those before', () => {
    const all = new Judgements()
    for (let i = 0; i < 250_000; i++) all.judge(prediction(`p${i}`, i, i % 2))
    expect(all.judge(label('p149999', 0))).toBeNull()
    expect(all.judge(label('p150000', 0))).toEqual({ predictedMs: 150_000, labelled: 1, errors: 0 })
    expect(all.judge(label('p249999', 0))).toEqual({ predictedMs: 249_999, labelled: 1, errors: 1 })
  })
})
