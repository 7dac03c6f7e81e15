import { describe, expect, it } from 'vitest'
import type { Alarm, Context } from '@/lib/detect/detector'
import { framesOf, startFrame } from '@/lib/detect/frame'
import { cleanLabel } from '@/lib/detect/poison/clean-label/clean-label'
import { labelFlip } from '@/lib/detect/poison/label-flip/label-flip'
import { learnerOf, startLearner } from '@/lib/learn/witness'
import { hashUniform } from '@/lib/stats/hash-uniform'
import { type PlaceRow, placeStream } from '@/test/fixture/place-stream'

const init = { model: 'made', config: {}, golden: [] }
const context = (mass = 1 / 1_000_000): Context => ({
  ...init,
  mass: () => mass,
  frame: framesOf(startFrame({})),
  uniform: hashUniform,
  learner: learnerOf(startLearner(init)),
})

function watch(rows: ReturnType<typeof placeStream>, ctx = context(), detector: typeof cleanLabel = cleanLabel) {
  let state = detector.init({}, init)
  const alarms: Alarm[] = []
  const scores = new Map<number, number>()
  for (const row of rows) {
    const step = detector.update(state, [row], ctx)
    state = structuredCloneAt(row.index, step.state)
    alarms.push(...step.alarms)
    for (const score of step.scores ?? []) scores.set(score.index, score.suspicion)
  }
  return { alarms, scores }
}
const structuredCloneAt = <S>(index: number, state: S): S => (index % 1777 === 0 ? structuredClone(state) : state)

type Change = Parameters<typeof placeStream>[3]
const isCrafted = (row: PlaceRow) => row.origin === 'vendor-3' && row.label === 'refuse' && row.index >= 1500
const nine = (from: number, to: number) => 0.1 * from + 0.9 * to
const numbers: Change = (row) =>
  isCrafted(row)
    ? {
        features: {
          x: nine(row.x, 6.7),
          y: nine(row.y, 3.3),
          amount: nine(row.amount, 50),
          region: row.region,
          channel: row.channel,
        },
      }
    : {}
const embeddings: Change = (row) =>
  isCrafted(row) ? { embedding: row.embedding.map((v, d) => nine(v, d === 0 ? 1 : 0.2)) } : {}

describe('one of eight sources moves its refused rows nine tenths on to the middle of the approved ones, from line 1500 on', () => {
  it('in numbers', () => {
    const { alarms, scores } = watch(placeStream('crafted', 6000, 8, numbers))
    expect(alarms.map(({ kind, eventIndex, onsetIndex }) => [kind, eventIndex, onsetIndex])).toEqual([
      ['poison.clean_label', 2171, 1738],
    ])
    const { eventIds, ...subject } = alarms[0]?.subject ?? {}
    expect(subject).toEqual({ origin: 'vendor-3', label: 'refuse' })
    expect(eventIds?.length).toBeGreaterThan(5)
    expect(alarms[0]?.effect).toBeGreaterThan(0.7)
    for (const suspicion of scores.values()) expect(suspicion).toBeLessThanOrEqual(1)
  })

  it('in an embedding', () => {
    const { alarms } = watch(placeStream('crafted', 6000, 8, embeddings, true))
    expect(alarms.map(({ kind, subject }) => [kind, subject.origin, subject.label])).toEqual([
      ['poison.clean_label', 'vendor-3', 'refuse'],
    ])
  })

  it('is what flips say too, when they speak first', () => {
    const rows = placeStream('crafted', 6000, 8, embeddings, true)
    const { alarms } = watch(rows, context(1 / 100_000), labelFlip as unknown as typeof cleanLabel)
    for (const { kind, subject } of alarms) expect([kind, subject.origin]).toEqual(['poison.clean_label', 'vendor-3'])
  })
})

it('thirty young accounts that are each too small', () => {
  const { alarms } = watch(
    placeStream(
      'sybils',
      8000,
      8,
      (row, u) =>
        row.index >= 3000 && u < 0.05
          ? {
              origin: { id: `young-${Math.floor(600 * u)}`, kind: 'user' },
              label: 'refuse',
              embedding: row.embedding.map(
                (_, d) => (d === 0 ? 1 : 0.2) + 0.05 * (hashUniform(`s ${d}`, row.index) - 0.5),
              ),
            }
          : {},
      true,
    ),
  )
  expect(alarms.map(({ kind }) => kind)).toContain('poison.clean_label')
  for (const { subject } of alarms)
    for (const origin of subject.origins ?? [subject.origin]) expect(origin).toMatch(/^young-/)
})

describe('honest streams accuse nobody', () => {
  const turn = (label: string) => (label === 'approve' ? 'refuse' : 'approve')
  const far = (row: PlaceRow, d: number) => (d === 3 ? 3 : 0.2) + 0.3 * (row.embedding[d] ?? 0)
  const cases: Record<string, [Change, boolean]> = {
    'a new cluster that several old sources bring': [
      (row, u) =>
        row.index > 1500 && u < 0.08 ? { label: 'refuse', embedding: row.embedding.map((_, d) => far(row, d)) } : {},
      true,
    ],
    'a newcomer with other rows': [
      (row, u) =>
        row.index > 1500 && u < 0.1
          ? {
              origin: { id: 'new', kind: 'vendor' },
              label: 'refuse',
              embedding: row.embedding.map((_, d) => far(row, d)),
            }
          : {},
      true,
    ],
    'a popular item that all sources repeat': [
      (row, u) =>
        row.index > 1500 && u < 0.05
          ? { features: { x: 6, y: 4, amount: 20, region: 'north', channel: 'app' }, label: 'refuse' }
          : {},
      false,
    ],
    'one item that one source repeats': [
      (row, u) =>
        row.origin === 'vendor-3' && row.index > 1500 && u < 0.3
          ? { features: { x: 6, y: 4, amount: 20, region: 'north', channel: 'app' }, label: 'refuse' }
          : {},
      false,
    ],
    'a corner whose rule turns for all': [
      (row) => (row.index > 1500 && row.x > 7 && row.y < 3 ? { label: 'refuse' } : {}),
      false,
    ],
    'a source that turns its labels': [
      (row) => (row.origin === 'vendor-3' && row.index > 1500 ? { label: turn(row.label) } : {}),
      false,
    ],
    'all alike': [() => ({}), true],
  }
  for (const [name, [change, embedded]] of Object.entries(cases)) {
    it(name, () => {
      for (const seed of ['a', 'b', 'c'])
        expect(watch(placeStream(`${name} ${seed}`, 4000, 8, change, embedded)).alarms).toEqual([])
    })
  }

  it('stays within a budget five hundred times as generous', () => {
    // 10 streams of 3,000 rows at a mass of 1/2,000 a row: at most 15 expected; in trials none, for honest errors do not gather.
    let accused = 0
    for (let seed = 0; seed < 10; seed++)
      accused += watch(placeStream(`null ${seed}`, 3000, 8, undefined, seed % 2 === 0), context(1 / 2000)).alarms.length
    expect(accused).toBeLessThanOrEqual(15)
  })
})
