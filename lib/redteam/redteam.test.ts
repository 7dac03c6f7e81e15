import { describe, expect, it } from 'vitest'
import { degradeAll } from './availability'
import { plantCanary } from './canary'
import { collide } from './clean-label'
import { deleteRows } from './deletion'
import { explode } from './explode'
import { flipLabels } from './flip'
import { flood } from './flood'
import { careless, changeTheWorld, comesAndGoes, hardRegion, newcomer } from './honest'
import { newRule, newWord, outage, retire, severeRater } from './honest-mix'
import { shill } from './shilling'
import { boilSlowly } from './slow'
import { type Act, type TrainingEvent, uniforms } from './stage'
import { playSybils } from './sybils'
import { pullOnePopulation } from './targeted'
import { plantTrigger } from './trigger'

const rows = 4000
const u = uniforms('base', 'feed')
const base: TrainingEvent[] = Array.from({ length: rows }, (_, i) => ({
  type: 'ml.training.v1',
  id: `t-${i}`,
  source: '/feed',
  timeMs: i * 60_000,
  data: {
    model: 'm',
    origin: { id: `vendor-${Math.floor(8 * u(3 * i))}`, kind: 'vendor' },
    labeler: `worker-${i % 5}`,
    features: { x: u(3 * i + 1), item: `film-${i % 9}`, region: ['north', 'south', 'west'][i % 3] ?? '' },
    text: 'plain words of a row',
    label: u(3 * i + 2) < 0.5 ? 'ham' : 'spam',
  },
}))
const west = { feature: 'region', value: 'west' }
const half = { onset: 0.5, strength: 0.6 }
const young = ['new-1', 'new-2', 'new-3']

const acts: Record<string, Act> = {
  flip: flipLabels({ ...half, origin: 'vendor-3' }),
  labeler: flipLabels({ ...half, labeler: 'worker-2', to: 'ham' }),
  availability: degradeAll({ ...half, origins: ['vendor-1', 'vendor-2'] }),
  targeted: pullOnePopulation({ ...half, origins: ['vendor-1'], where: west, to: 'ham' }),
  trigger: plantTrigger({ onset: 0.5, rows: 20, origins: young, to: 'ham', text: 'blue falcon' }),
  value: plantTrigger({ onset: 0.5, rows: 20, origins: young, to: 'ham', features: { item: 'film-99' } }),
  clean: collide({ ...half, origin: 'vendor-1', label: 'ham', part: 0.9 }),
  slow: boilSlowly({ ...half, origins: ['vendor-5'] }),
  deletion: deleteRows({ ...half, where: west }),
  flood: flood({ onset: 0.5, rows: 200, origins: young }),
  explosion: explode({ onset: 0.5, rows: 300, origin: 'new-1', span: 0.1 }),
  canary: plantCanary({ onset: 0.5, rows: 40, origins: young, secret: 'pin 4711' }),
  viral: flood({ onset: 0.5, rows: 200, origins: [] }),
  sybils: playSybils({ ...half, origins: young, bursts: 20, burstRows: 30, to: 'ham' }),
  team: playSybils({ onset: 0.5, strength: 0, origins: young, bursts: 20, burstRows: 30 }),
  shilling: shill({
    onset: 0.5,
    rows: 100,
    accounts: young,
    item: { feature: 'item', value: 'film-3' },
    rating: 5,
    camouflage: 0.5,
  }),
  world: changeTheWorld({ ...half, where: west }),
  careless: careless({ ...half, origin: 'vendor-4' }),
  newcomer: newcomer({ ...half, origin: 'new-1', where: west }),
  hard: hardRegion({ ...half, origin: 'vendor-1', where: west, noise: 0.2 }),
  rule: newRule({ onset: 0.5, span: 0.2, where: west, rule: () => 'ham' }),
  word: newWord({ onset: 0.5, strength: 0.1, word: '#new', label: 'ham' }),
  outage: outage({ onset: 0.5, span: 0.1, left: 0.1 }),
  retires: retire({ origin: 'vendor-2', onset: 0.5 }),
  comes: comesAndGoes({ onset: 0.5, where: west, turns: 4 }),
}

describe.each(Object.entries(acts))('%s', (_, act) => {
  const staged = act(base, 'a')
  const before = new Map(base.map((event) => [event.id, event]))
  const after = new Map(staged.feed.map((event) => [event.id, event]))

  it('is the same for the same seed', () => {
    expect(act(base, 'a')).toEqual(staged)
  })

  it('leaves the rows before its onset and its base alone', () => {
    expect(staged.feed.slice(0, rows / 2)).toEqual(base.slice(0, rows / 2))
    expect(before.size).toBe(rows)
  })

  it('writes down exactly the rows that it wrote, changed or took away', () => {
    const ids = new Set(staged.truth.eventIds)
    expect(ids.size).toBeGreaterThan(5)
    for (const event of base) {
      if (after.get(event.id) !== event && !ids.has(event.id)) throw new Error(`${event.id} changed without a word`)
    }
    for (const event of staged.feed) {
      if (!before.has(event.id) && !ids.has(event.id) && !event.id.startsWith('rating-'))
        throw new Error(`${event.id} came without a word`)
    }
    expect(after.size).toBe(staged.feed.length)
  })
})

describe('numbers as labels', () => {
  const rated = base.map((event, i) => ({ ...event, data: { ...event.data, label: 1 + (i % 5) } }))
  const shift = (act: Act) => {
    const { feed, truth } = act(rated, 'a')
    const own = new Set(truth.eventIds)
    return [...new Set(feed.flatMap(({ id, data }, i) => (own.has(id) ? [Number(data.label) - (1 + (i % 5))] : [])))]
  }

  it('are moved by what was asked for', () => {
    expect(shift(flipLabels({ ...half, origin: 'vendor-3', by: -2 }))).toEqual([-2])
    expect(shift(pullOnePopulation({ ...half, origins: ['vendor-1'], where: west, by: 1.5 }))).toEqual([1.5])
  })

  it('keep to the scale for a severe rater', () => {
    const { feed, truth } = severeRater({ onset: 0.5, rows: 100, origin: 'new-1', by: -2, low: 1, high: 5 })(rated, 'a')
    const own = feed.filter(({ data }) => data.origin.id === 'new-1')
    expect(own.length).toBe(truth.eventIds.length)
    expect(Math.min(...own.map(({ data }) => Number(data.label)))).toBe(1)
  })
})

describe('strength and place', () => {
  const staged = (acts.flip as Act)(base, 'a')
  const own = base.slice(rows / 2).filter((event) => event.data.origin.id === 'vendor-3')

  it('turns the share of labels that it was asked for', () => {
    expect(staged.truth.eventIds.length / own.length).toBeGreaterThan(0.5)
    expect(staged.truth.eventIds.length / own.length).toBeLessThan(0.7)
    expect(staged.truth.subject).toEqual({ origin: 'vendor-3' })
  })

  it('ramps slow poison from nothing', () => {
    const places = (acts.slow as Act)(base, 'a').truth.eventIds.map((id) => Number(id.slice(2)))
    const early = places.filter((place) => place < 0.75 * rows).length
    expect(early).toBeLessThan(places.length / 2.5)
  })

  it('moves crafted rows next to the other class, labels untouched', () => {
    const { feed, truth } = (acts.clean as Act)(base, 'a')
    const crafted = feed.filter((event) => truth.eventIds.includes(event.id))
    for (const { data } of crafted) expect(data.label).toBe('ham')
    const spread = crafted.map(({ data }) => Math.abs(Number(data.features.x) - 0.5))
    expect(Math.max(...spread)).toBeLessThan(0.1)
  })
})
