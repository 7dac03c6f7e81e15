import { describe, expect, it } from 'vitest'
import type { Alarm } from '@/lib/detect/detector'
import type { Arrival } from '@/lib/event/types'
import { hashUniform } from '@/lib/stats/hash-uniform'
import { admit, noteUsual, noteWandering, startUsual } from './usual'

const alarm = (seq: number, effect: number, more: Partial<Alarm> = {}): Alarm => ({
  kind: 'drift.feature',
  unit: 'feature=price',
  subject: { feature: 'price' },
  eventIndex: seq,
  onsetIndex: seq - 100,
  onsetTimeMs: 0,
  logE: 20,
  threshold: 12,
  effect,
  effectUnit: 'baseline standard deviations',
  n: 100,
  severity: 'warning',
  verdict: 'benign-shift',
  why: '',
  test: '',
  ...more,
})
const at = (seq: number) => ({ seq, index: seq, linesPerEvent: 1 })
const label = (value: string) =>
  ({ index: 0, event: { type: 'ml.label.v1', data: { label: value } } }) as unknown as Arrival

describe('usual change', () => {
  it('pages the first two changes of a unit, then records by a quarter alone', () => {
    const state = startUsual()
    const effects = [0.5, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, -1.2]
    const pages = effects.map((effect, i) => admit(state, alarm(3000 + 1000 * i, effect), at(3000 + 1000 * i)).page)
    expect(pages).toEqual([true, true, false, false, false, false, false, true])
  })

  it('pages again after calm as long as a baseline, whatever its size', () => {
    const state = startUsual()
    for (const seq of [3000, 4000, 5000]) admit(state, alarm(seq, 1), at(seq))
    expect(admit(state, alarm(9000, 0.3), at(9000)).page).toBe(false)
    expect(admit(state, alarm(14_200, 0.3), at(14_200)).page).toBe(true)
  })

  it('raises about ln k pages for k exchangeable changes', () => {
    const state = startUsual()
    let pages = 0
    for (let k = 0; k < 200; k++)
      if (admit(state, alarm(1000 * k, 1 / hashUniform('size', k)), at(1000 * k)).page) pages++
    expect(pages).toBe(7)
  })

  it('never holds back a fault, nor what its detector has weighed', () => {
    const state = startUsual()
    for (let i = 0; i < 5; i++) {
      expect(admit(state, alarm(1000 * i, 1, { kind: 'quality.range' }), at(1000 * i)).page).toBe(true)
      expect(admit(state, alarm(1000 * i, 1, { beyondUsual: true }), at(1000 * i)).page).toBe(true)
    }
  })

  it('leaves the level of a wandering feature to its relations', () => {
    const state = startUsual()
    noteWandering(state, ['price'])
    expect(admit(state, alarm(3000, 9), at(3000)).page).toBe(false)
    expect(admit(state, alarm(3000, 9, { subject: { feature: 'age' }, unit: 'feature=age' }), at(3000)).page).toBe(true)
  })

  it('takes every change of a rule where labels are exchangeable, and only records where they come in runs', () => {
    for (const [run, expected] of [
      [1, [true, true, true, true]],
      [60, [true, true, false, false]],
    ] as const) {
      const state = startUsual()
      for (let i = 0; i < 4000; i++)
        noteUsual(state, label(hashUniform('label', Math.floor(i / run)) < 0.4 ? 'up' : 'down'))
      const pages = [1, 2, 3, 4].map(
        (i) =>
          admit(state, alarm(2000 * i, 0.3, { kind: 'drift.concept', unit: 'leaf', subject: {} }), at(2000 * i)).page,
      )
      expect(pages).toEqual(expected)
    }
  })
})
