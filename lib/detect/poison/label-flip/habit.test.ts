import { describe, expect, it } from 'vitest'
import type { Alarm } from '@/lib/detect/detector'
import { habitLength, habitOf, noteHabit, shifted, usualWays } from '@/lib/detect/poison/label-flip/habit'
import { labelFlip } from '@/lib/detect/poison/label-flip/label-flip'
import { hashUniform } from '@/lib/stats/hash-uniform'
import { normalQuantile } from '@/lib/stats/normal'
import { contextOf, type Training, watchRows } from '@/test/fixture/watch-rows'

const alarmsOf = (rows: readonly Training[]) =>
  watchRows(labelFlip, rows, contextOf(1 / 200_000, { task: 'regression' }), rows.length).alarms

const hashNormal = (key: string, n: number) => normalQuantile(hashUniform(key, n))

interface Rater {
  readonly severity: number
  readonly width: number
  readonly noise: number
}

/** Rows that `raters` rate, each in his own way. @param change what becomes of a label. */
function rated(
  seed: string,
  count: number,
  raters: readonly Rater[],
  kind: 'labeler' | 'origin',
  change: (value: number, index: number, rater: number) => number = (value) => value,
  world: (value: number, index: number) => number = (value) => value,
): Training[] {
  return Array.from({ length: count }, (_, index) => {
    const u = (what: string) => hashUniform(`${seed} ${what}`, index)
    const [x, y] = [u('x') * 4 - 2, u('y') * 4 - 2]
    // A few raters do most of the work.
    const who = Math.floor(raters.length * u('rater') ** 2)
    const { severity, width, noise } = raters[who] as Rater
    const value = severity + width * world(x + 0.5 * y, index) + noise * hashNormal(`${seed} noise`, index)
    const data = {
      model: 'made',
      origin: kind === 'origin' ? { id: `r-${who}`, kind: 'vendor' } : { id: 'platform', kind: 'platform' },
      ...(kind === 'labeler' ? { labeler: `r-${who}` } : {}),
      features: { x, y },
      label: Number(change(value, index, who).toFixed(3)),
    }
    return {
      index,
      event: { type: 'ml.training.v1' as const, id: `t-${index}`, source: '/made', timeMs: 1000 * index, data },
    }
  })
}

const differing = (seed: string, count: number): Rater[] =>
  Array.from({ length: count }, (_, n) => ({
    severity: 0.8 * hashNormal(`${seed} severity`, n),
    width: Math.exp(0.3 * hashNormal(`${seed} width`, n)),
    noise: 0.3 + 0.4 * hashUniform(`${seed} own noise`, n),
  }))
const alike = Array.from({ length: 10 }, (): Rater => ({ severity: 0, width: 1, noise: 0.5 }))

describe('raters who differ from their first row on', () => {
  for (const kind of ['labeler', 'origin'] as const)
    it(`accuses no ${kind} who is severe, lenient, or uses the scale wide`, () => {
      for (const seed of ['a', 'b', 'c', 'd', 'e'])
        expect(alarmsOf(rated(`${seed} ${kind}`, 6000, differing(seed, 60), kind)).map(({ why }) => why)).toEqual([])
    }, 60_000)

  it('accuses nobody when the world moves for all of them', () => {
    for (const seed of ['a', 'b', 'c'])
      expect(
        alarmsOf(
          rated(seed, 6000, differing(seed, 40), 'origin', undefined, (value, index) =>
            index < 3000 ? value : 1 - value,
          ),
        ),
      ).toEqual([])
  }, 60_000)
})

describe('a change of one’s own ways', () => {
  const from = 3000
  const isVendor = (rater: number) => rater === 2
  const shifting = rated('shift', 6000, alike, 'origin', (value, index, rater) =>
    isVendor(rater) && index >= from ? value + 1.5 : value,
  )

  it('is named: a vendor that begins to shift by one standard deviation', () => {
    const alarms = alarmsOf(shifting)
    expect(alarms.map(({ subject }) => subject.origin)).toEqual(['r-2'])
    const [alarm] = alarms as [Alarm]
    // Dated too early by three of its own rows: an honest one lay high by chance.
    const early = shifting.filter(({ index, event }) => event.data.origin.id === 'r-2' && index >= 2973 && index < from)
    expect(early).toHaveLength(3)
    expect([alarm.eventIndex, alarm.onsetIndex]).toEqual([3082, 2973])
    expect(alarm.subject.label).toBeUndefined()
    expect(alarm.why).toBe('r-2 labels 71 % of its rows far above expected, 0 % elsewhere')
  })

  it('is named of one who was severe before', () => {
    const raters = alike.map((rater, n) => (isVendor(n) ? { ...rater, severity: -0.6 } : rater))
    const rows = rated('severe', 6000, raters, 'origin', (value, index, rater) =>
      isVendor(rater) && index >= from ? value + 2.5 : value,
    )
    const alarms = alarmsOf(rows)
    expect(alarms.map(({ subject }) => subject.origin)).toEqual(['r-2'])
    expect(alarms[0]?.onsetIndex).toBeGreaterThanOrEqual(from)
  })

  it('is named of one without a past, where its peers are all alike', () => {
    const rows = rated('young', 6000, alike, 'origin', (value, index, rater) =>
      rater === 9 && index >= from ? value + 2.5 : value,
    ).filter(({ index, event }) => event.data.origin.id !== 'r-9' || index >= from)
    expect(alarmsOf(rows).map(({ subject }) => subject.origin)).toEqual(['r-9'])
  })
})

describe('the ways of a unit', () => {
  const noted = (rows: number, hits: number, isRunning = false) => {
    const habits = new Float64Array(habitLength)
    for (let n = 0; n < rows; n++) noteHabit(habits, 0, n < hits, 0.2, isRunning)
    return { habits, accused: false }
  }
  const alikeWays = [{ middle: 0, spread: 0.05 }]
  const apartWays = [{ middle: 0, spread: 1 }]

  it('are not known of one with few rows and no peers, nor from rows that may be a change', () => {
    expect(habitOf(noted(39, 20).habits, 0, [])).toBeNull()
    expect(habitOf(noted(100, 50, true).habits, 0, [])).toBeNull()
  })

  it('are its own rate without peers, shrunk to that of anybody', () => {
    const habit = habitOf(noted(88, 44).habits, 0, [])
    expect(shifted(0.2, habit?.shift ?? 0)).toBeCloseTo((44 + 12 * 0.2) / 100, 9)
    expect(habit?.most).toBeGreaterThan(habit?.shift ?? 0)
  })

  it('are those of its peers, as far as these are alike or it is young', () => {
    expect(habitOf(noted(0, 0).habits, 0, apartWays)).toEqual({ shift: 0, most: 5 })
    expect(habitOf(noted(100, 60).habits, 0, alikeWays)?.shift).toBeLessThan(0.2)
    expect(habitOf(noted(100, 60).habits, 0, apartWays)?.shift).toBeGreaterThan(1.2)
  })

  it('tell how far peers differ, whatever a single one does', () => {
    expect(usualWays([noted(100, 20), noted(100, 20), noted(100, 20)])).toEqual([])
    const spreadOf = (hits: number[]) => usualWays(hits.map((each) => noted(100, each)))[0]?.spread
    expect(spreadOf([20, 21, 19, 20, 20])).toBe(0.05)
    expect(spreadOf([5, 60, 20, 35, 10])).toBeGreaterThan(1)
    expect(spreadOf([20, 21, 19, 20, 20, 18, 22, 20, 21, 70])).toBeLessThan(0.6)
  })
})
