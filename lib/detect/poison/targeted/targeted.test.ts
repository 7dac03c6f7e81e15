import { describe, expect, it } from 'vitest'
import type { Alarm, Context } from '@/lib/detect/detector'
import { framesOf, startFrame } from '@/lib/detect/frame'
import { targeted } from '@/lib/detect/poison/targeted/targeted'
import { learnerOf, startLearner } from '@/lib/learn/witness'
import { hashUniform } from '@/lib/stats/hash-uniform'
import { type PlaceRow, placeStream } from '@/test/fixture/place-stream'

const init = { model: 'made', config: {}, golden: [] }
const context = (mass = 1 / 1_000_000, learner = startLearner(init)): Context => ({
  ...init,
  mass: () => mass,
  frame: framesOf(startFrame({})),
  uniform: hashUniform,
  learner: learnerOf(learner),
})

function watch(rows: ReturnType<typeof placeStream>, ctx = context(), size = 1, between = <S>(state: S): S => state) {
  let state = targeted.init(targeted.params, init)
  const alarms: Alarm[] = []
  const scores = new Map<number, number>()
  for (let at = 0; at < rows.length; at += size) {
    for (const row of rows.slice(at, at + size)) {
      const step = targeted.update(state, [row], ctx)
      state = step.state
      alarms.push(...step.alarms)
      for (const score of step.scores ?? []) scores.set(score.index, score.suspicion)
    }
    state = between(state)
  }
  return { state, alarms, scores }
}

type Change = Parameters<typeof placeStream>[3]
const late = (row: PlaceRow) => row.index >= 1500
const toApprove = { label: 'approve' }
const west: Change = (row) => (row.origin === 'vendor-3' && row.region === 'west' && late(row) ? toApprove : {})

describe('one of eight sources approves all of region west from line 1500 on', () => {
  const rows = placeStream('west', 6000, 8, west)
  const { alarms, scores } = watch(rows)
  const isBad = (row: (typeof rows)[number]) =>
    row.index >= 1500 && row.event.data.origin.id === 'vendor-3' && row.event.data.features.region === 'west'

  it('names it, the place and the label, once', () => {
    expect(alarms.map(({ kind, eventIndex, onsetIndex }) => [kind, eventIndex, onsetIndex])).toEqual([
      ['poison.targeted', 2439, 1583],
    ])
    const { eventIds, ...subject } = alarms[0]?.subject ?? {}
    expect(subject).toEqual({ origin: 'vendor-3', pattern: 'region=west', label: 'approve' })
    expect(eventIds?.length).toBeGreaterThan(5)
    for (const id of eventIds ?? []) expect(isBad(rows[Number(id.slice(2))] as (typeof rows)[number])).toBe(true)
    expect(alarms[0]?.why).toMatch(/^vendor-3 labels \d+ % of its rows of other classes at region=west approve/)
  })

  it('scores its rows above others once it was found', () => {
    const after = rows.filter((row) => row.index > (alarms[0]?.eventIndex ?? 0))
    const mean = (of: typeof rows) => of.reduce((sum, row) => sum + (scores.get(row.index) ?? 0), 0) / of.length
    const turned = after.filter(
      (row) => isBad(row) && Number(row.event.data.features.x) < Number(row.event.data.features.y),
    )
    expect(mean(turned)).toBeGreaterThan(0.8)
    expect(mean(after.filter((row) => !isBad(row)))).toBeLessThan(0.1)
  })

  it('holds little against others who say so there, and nothing against what the accused says elsewhere', () => {
    const after = rows.filter((row) => row.index > (alarms[0]?.eventIndex ?? 0))
    const ofOne = (row: (typeof rows)[number]) => row.event.data.origin.id === 'vendor-3'
    const isWest = (row: (typeof rows)[number]) => row.event.data.features.region === 'west'
    const scored = (of: typeof rows) => of.map((row) => scores.get(row.index) ?? 0)
    expect(Math.max(...scored(after.filter((row) => !ofOne(row))))).toBeLessThan(0.75)
    expect(Math.max(...scored(after.filter((row) => ofOne(row) && !isWest(row))))).toBe(0)
  })

  it('says the same after a clone of its state at any moment', () => {
    expect(watch(rows, context(), 701, (state) => structuredClone(state)).alarms).toEqual(alarms)
  })
})

describe('other places', () => {
  const cases: Record<string, [Change, Partial<Alarm['subject']>]> = {
    'three of eight sources': [
      (row) =>
        ['vendor-1', 'vendor-2', 'vendor-3'].includes(row.origin) ? west({ ...row, origin: 'vendor-3' }, 0) : {},
      { origins: ['vendor-1', 'vendor-2', 'vendor-3'], pattern: 'region=west', label: 'approve' },
    ],
    'a range of a number': [
      (row) => (row.origin === 'vendor-3' && row.amount > 60 && row.amount < 85 && late(row) ? toApprove : {}),
      { origin: 'vendor-3', label: 'approve' },
    ],
    'a pair of categories': [
      (row) =>
        row.origin === 'vendor-3' && row.region === 'north' && row.channel === 'app' && late(row) ? toApprove : {},
      { origin: 'vendor-3', pattern: 'region=north & channel=app', label: 'approve' },
    ],
  }
  for (const [name, [change, subject]] of Object.entries(cases)) {
    it(name, () => {
      const { alarms } = watch(placeStream(name, 8000, 8, change))
      expect(alarms).toHaveLength(1)
      expect(alarms[0]).toMatchObject({ kind: 'poison.targeted', verdict: 'poisoning' })
      const said = alarms[0]?.subject
      if (subject.origins) expect([...(said?.origins ?? [])].sort()).toEqual(subject.origins)
      if (subject.origin) expect(said?.origin).toBe(subject.origin)
      if (subject.pattern) expect(said?.pattern?.split(' & ').sort()).toEqual(subject.pattern.split(' & ').sort())
      else expect(said?.pattern).toMatch(/^amount=5\d…[78]\d$/)
      expect(said?.label).toBe('approve')
    })
  }
})

describe('honest streams accuse nobody', () => {
  const cases: Record<string, Change> = {
    'a region whose rule turns for all': (row) => (row.region === 'west' && late(row) ? toApprove : {}),
    'a region whose rule turns, served by one source alone': (row) => ({
      ...(row.region === 'west' ? { origin: { id: 'vendor-west', kind: 'vendor' } } : {}),
      ...(row.region === 'west' && late(row) ? toApprove : {}),
    }),
    'a careless source': (row, u) => (row.origin === 'vendor-2' && u < 0.12 ? { label: turn(row.label) } : {}),
    'a region in which everyone errs': (row, u) => (row.region === 'west' && u < 0.3 ? { label: turn(row.label) } : {}),
    'a newcomer with one region': (row) =>
      row.region === 'west' && late(row) && row.index % 2 === 0 ? { origin: { id: 'new', kind: 'vendor' } } : {},
    'a source that turns everything': (row) =>
      row.origin === 'vendor-3' && late(row) ? { label: turn(row.label) } : {},
  }
  for (const [name, change] of Object.entries(cases)) {
    it(name, () => {
      for (const seed of ['a', 'b', 'c'])
        expect(watch(placeStream(`${name} ${seed}`, 4000, 8, change)).alarms).toEqual([])
    })
  }

  it('stays within a budget five hundred times as generous', () => {
    // 12 streams of 3,000 rows at a mass of 1/2,000 a row: at most 18 expected; in trials none, for the sources are compared as well.
    let accused = 0
    for (let seed = 0; seed < 12; seed++)
      accused += watch(placeStream(`null ${seed}`, 3000, 8), context(1 / 2000)).alarms.length
    expect(accused).toBeLessThanOrEqual(18)
  })
})

describe('bounded', () => {
  it('a flood of values pushes out neither the attacker nor anybody who was there', () => {
    const change: Change = (row, u) => ({
      ...west(row, u),
      features: { x: row.x, y: row.y, region: row.region, flood: `v${row.index}`, more: `w${Math.floor(u * 5000)}` },
      ...(row.origin === 'vendor-7' && u < 0.5 ? { label: turn(row.label) } : {}),
    })
    const { alarms, state } = watch(placeStream('flood', 8000, 8, change))
    expect(alarms.map(({ subject }) => subject.origin)).toContain('vendor-3')
    expect(state.cells?.cells.used).toBeLessThanOrEqual(6144)
  })
})

const turn = (label: string) => (label === 'approve' ? 'refuse' : 'approve')
