import { describe, expect, it } from 'vitest'
import type { Alarm } from '@/lib/detect/detector'
import { slowPoison } from '@/lib/detect/poison/slow/slow'
import { type LearnerState, startLearner } from '@/lib/learn/witness'
import { hashUniform } from '@/lib/stats/hash-uniform'
import { flipStream, turn } from '@/test/fixture/flip-stream'
import { changed, contextOf, type Training, watchRows } from '@/test/fixture/watch-rows'

const mass = 1 / 3_000_000
const context = (learner?: LearnerState) => contextOf(mass, {}, learner)
const watch = (rows: readonly Training[], size = 1, ctx = context()) => watchRows(slowPoison, rows, ctx, size)

const length = 11_000
const from = 5000
/** Rows refused by less than this much of x − y are approved instead: the boundary is pulled, further with each row. */
const pulled = (index: number) => (5 * Math.max(0, index - from)) / (length - from)

/** @param who whose rows are pulled; @param deal gives rows to other sources. */
const frogs = (seed: string, who: (origin: string) => boolean, deal: (u: number, index: number) => string | null) =>
  flipStream(seed, length, 10).map((row) => {
    const { data } = row.event
    const origin = deal(hashUniform(`${seed} deal`, row.index), row.index) ?? data.origin.id
    const { x, y } = data.features as { x: number; y: number }
    const label = data.label === 'refuse' && who(origin) && y - x < pulled(row.index) ? turn(data.label) : data.label
    return changed(row, { origin: { id: origin, kind: 'vendor' }, label })
  })

describe('a vendor with a third of the rows pulls the boundary up, a little further with each row from line 5000 on', () => {
  const rows = frogs(
    'frog',
    (origin) => origin === 'vendor-3',
    (u) => (u < 0.3 ? 'vendor-3' : null),
  )
  const { alarms } = watch(rows)

  it('is named once, with the label that it pulls to', () => {
    expect(alarms.map((a) => [a.kind, a.subject.origin, a.subject.label, a.eventIndex])).toEqual([
      ['poison.slow', 'vendor-3', 'approve', 9699],
    ])
    expect(alarms[0]?.onsetIndex).toBeGreaterThan(4000)
    expect(alarms[0]?.verdict).toBe('poisoning')
  })

  it('says the same of any batches, and after a clone of its state in the middle', () => {
    expect(watch(rows, 97).alarms).toEqual(alarms)
    const learner = startLearner({ config: {}, golden: [] })
    const before = context(learner)
    const half = watch(rows.slice(0, 6500), 1, before)
    before.learner.settle()
    const rest = structuredClone(half.state)
    const ctx = context(structuredClone(learner))
    const after: Alarm[] = [...half.alarms]
    for (const row of rows.slice(6500)) after.push(...slowPoison.update(rest, [row], ctx).alarms)
    expect(after).toEqual(alarms)
  })
})

it('twenty new names, a third of the rows together, are named together', () => {
  const rows = frogs(
    'sybils',
    (origin) => origin.startsWith('new'),
    (u, index) => (u < 0.3 && index > 4000 ? `new-${Math.floor((u / 0.3) * 20)}` : null),
  )
  const named = watch(rows).alarms.flatMap(({ subject }) => subject.origins ?? [subject.origin ?? ''])
  expect(named.length).toBeGreaterThan(5)
  expect(named.filter((id) => !id.startsWith('new'))).toEqual([])
})

describe('honest streams accuse nobody', () => {
  const everybody = () => true
  const nobody = () => false
  const cases: Record<string, (seed: string) => Training[]> = {
    'all alike': (seed) => frogs(seed, nobody, () => null),
    'the boundary moves for all': (seed) => frogs(seed, everybody, () => null),
    'the boundary moves for all, one vendor sends half': (seed) =>
      frogs(seed, everybody, (u) => (u < 0.5 ? 'vendor-3' : null)),
    'the boundary moves for all while new vendors come': (seed) =>
      frogs(seed, everybody, (u, index) => (u < 0.3 && index > 5500 ? `new-${Math.floor(u * 40)}` : null)),
    'a concept that turns at once': (seed) =>
      flipStream(seed, length, 10, (row) =>
        row.index > 6000 && row.region === 'west' ? { label: turn(row.label) } : {},
      ),
    'a region that drifts, nine tenths of it from one source': (seed) =>
      flipStream(seed, length, 10, (row, u) => ({
        ...(row.region === 'west' && u < 0.9 ? { origin: { id: 'vendor-west', kind: 'vendor' } } : {}),
        ...(row.region === 'west' && hashUniform('drift', row.index) < (row.index - from) / 4000
          ? { label: turn(row.label) }
          : {}),
      })),
    'a careless source': (seed) =>
      flipStream(seed, length, 10, (row, u) =>
        row.origin === 'vendor-2' && u < 0.1 ? { label: turn(row.label) } : {},
      ),
  }
  for (const [name, make] of Object.entries(cases))
    it(name, () => {
      for (const seed of ['a', 'b']) expect(watch(make(`${name} ${seed}`)).alarms).toEqual([])
    })
})
