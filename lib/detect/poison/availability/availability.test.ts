import { describe, expect, it } from 'vitest'
import type { Alarm } from '@/lib/detect/detector'
import { availability } from '@/lib/detect/poison/availability/availability'
import { type LearnerState, startLearner } from '@/lib/learn/witness'
import { flipStream, turn } from '@/test/fixture/flip-stream'
import { contextOf, type Training, watchRows } from '@/test/fixture/watch-rows'

const mass = 1 / 5_000_000
const context = (learner?: LearnerState) => contextOf(mass, {}, learner)
const watch = (rows: readonly Training[], size = 1, ctx = context()) => watchRows(availability, rows, ctx, size)

const numbered = (origin: string) => Number(origin.split('-')[1])
const attacked = flipStream('wrecked', 4000, 20, (row, u) =>
  row.index >= 2000 && numbered(row.origin) % 4 === 0 && u < 0.5 ? { label: turn(row.label) } : {},
)

describe('five of twenty sources turn half of their labels from line 2000 on', () => {
  const { alarms, state } = watch(attacked)

  it('names them, once, and nobody else', () => {
    expect(alarms).toHaveLength(1)
    const [alarm] = alarms as [Alarm]
    expect([alarm.kind, alarm.eventIndex, alarm.onsetIndex]).toEqual(['poison.availability', 2518, 2059])
    expect([...(alarm.subject.origins ?? [])].sort()).toEqual([
      'vendor-0',
      'vendor-12',
      'vendor-16',
      'vendor-4',
      'vendor-8',
    ])
    expect(alarm.subject.label).toBeUndefined()
    expect(alarm).toMatchObject({ verdict: 'poisoning', severity: 'critical' })
    expect(alarm.onsetTimeMs).toBe(1000 * alarm.onsetIndex)
  })

  it('hands over rows that were turned, most of them', () => {
    const ids = alarms[0]?.subject.eventIds ?? []
    expect(ids.length).toBeGreaterThan(20)
    for (const id of ids) expect(numbered(attacked[Number(id.slice(2))]?.event.data.origin.id ?? '') % 4).toBe(0)
  })

  it('says the same of any batches, and after a clone of its state in the middle', () => {
    expect(watch(attacked, 97).alarms).toEqual(alarms)
    const learner = startLearner({ config: {}, golden: [] })
    const before = context(learner)
    const half = watch(attacked.slice(0, 2150), 1, before)
    before.learner.settle()
    const rest = structuredClone(half.state)
    const ctx = context(structuredClone(learner))
    const after: Alarm[] = []
    for (const row of attacked.slice(2150)) after.push(...availability.update(rest, [row], ctx).alarms)
    expect(after).toEqual(alarms)
    expect(availability.standing(state, 5)).toHaveLength(1)
  })
})

describe('other attacks', () => {
  it('a hundred new names, of six rows each, that turn three labels of four', () => {
    const rows = flipStream('sybils', 5000, 12, (row, u) =>
      row.index >= 2000 && u < 0.15
        ? {
            origin: { id: `new-${Math.floor((u / 0.15) * 100)}`, kind: 'vendor' },
            ...(row.index % 4 ? { label: turn(row.label) } : {}),
          }
        : {},
    )
    const { alarms } = watch(rows)
    const named = alarms.flatMap((alarm) => alarm.subject.origins ?? [])
    expect(alarms[0]?.kind).toBe('poison.availability')
    expect(named.length).toBeGreaterThan(20)
    expect(named.filter((id) => !id.startsWith('new'))).toEqual([])
    for (const alarm of alarms) expect(alarm.subject.origins?.length).toBeLessThanOrEqual(50)
  })

  it('new names cannot push out those who look bad', () => {
    const rows = flipStream('pushed', 9000, 20, (row, u) =>
      row.index >= 2000 && row.index % 2
        ? { origin: { id: `fresh-${row.index}`, kind: 'vendor' } }
        : row.index >= 2000 && numbered(row.origin) % 4 === 0 && u < 0.5
          ? { label: turn(row.label) }
          : {},
    )
    const named = watch(rows).alarms.flatMap((alarm) => alarm.subject.origins ?? [])
    expect(named.filter((id) => id.startsWith('fresh'))).toEqual([])
    expect(named).toContain('vendor-4')
  })
})

describe('honest streams accuse nobody', () => {
  const cases: Record<string, Parameters<typeof flipStream>[3]> = {
    'all alike': () => ({}),
    'a concept that turns for all': (row) => (row.index > 2000 ? { label: turn(row.label) } : {}),
    'a concept that turns for all, by and by': (row, u) =>
      u < (row.index - 1000) / 2000 ? { label: turn(row.label) } : {},
    'a feed that gets noisier for all': (row, u) => (row.index > 2000 && u < 0.3 ? { label: turn(row.label) } : {}),
    'many new sources with right labels': (row, u) =>
      row.index > 1500 && u < 0.4 ? { origin: { id: `new-${Math.floor(u * 200)}`, kind: 'vendor' } } : {},
    'many new sources while the concept turns for all': (row, u) => ({
      ...(row.index > 1500 && u < 0.4 ? { origin: { id: `new-${Math.floor(u * 200)}`, kind: 'vendor' } } : {}),
      ...(row.index > 2000 && row.region === 'west' ? { label: turn(row.label) } : {}),
    }),
    'new sources in the hard region only': (row, u) =>
      row.index > 1500 && row.region === 'west' ? { origin: { id: `new-${Math.floor(u * 30)}`, kind: 'vendor' } } : {},
    'everybody is new': (row) => ({ origin: { id: `once-${row.index}`, kind: 'user' } }),
    'careless sources, 5 to 15 %': (row, u) =>
      u < 0.05 + 0.1 * (numbered(row.origin) / 20) ? { label: turn(row.label) } : {},
  }
  for (const [name, change] of Object.entries(cases)) {
    it(name, () => {
      for (const seed of ['a', 'b', 'c'])
        expect(watch(flipStream(`${name} ${seed}`, 4000, 20, change)).alarms).toEqual([])
    })
  }

  it('stays silent with a budget a thousand times as generous', () => {
    // 10 streams of 4,000 rows at a mass of 1/5,000 a row: 8 expected at most, and the trial by later rows is still to pass.
    const generous = { ...context(), mass: () => 1 / 5000 }
    let accused = 0
    for (let seed = 0; seed < 10; seed++)
      accused += watch(flipStream(`null ${seed}`, 4000, 20), 1, generous).alarms.length
    expect(accused).toBeLessThanOrEqual(1)
  })
})
