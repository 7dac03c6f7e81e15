import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { triggerPage } from '@/app/api/_openapi/trigger-schemas'
import { GET } from '@/app/api/v1/models/[id]/triggers/route'
import { triggerStanding } from '@/db/schema'
import { storeTriggers } from '@/ingest/batch/triggers'
import type { TriggerStanding } from '@/lib/monitor/output'
import { type ApiWorld, apiWorld, call, flip } from './api-world'

let world: ApiWorld
let spam: number
let token: string
beforeAll(async () => {
  world = await apiWorld()
  spam = await world.model('spam')
  token = await world.token(['read'])
})
afterAll(() => world.close())
beforeEach(async () => {
  await world.db.delete(triggerStanding)
})

const standing = (over: Partial<TriggerStanding> = {}): TriggerStanding => ({
  type: 'trigger',
  eventIndex: 4100,
  timeMs: Date.parse('2026-11-02T12:00:00Z'),
  kind: 'poison.trigger',
  pattern: 'blue falcon',
  label: 'ham',
  onsetTimeMs: Date.parse('2026-11-02T10:00:00Z'),
  support: 9,
  logE: 17.5,
  threshold: 15.8,
  state: 'association',
  canary: { rows: 200, flips: 12, flipRate: 0.06, ci: [0.0314, 0.1025] },
  probes: 0,
  probeFlips: 0,
  ...over,
})
const store = (...all: TriggerStanding[]) =>
  storeTriggers(
    world.db,
    spam,
    all.map((one, i) => ({ standing: one, seq: 4100 + i })),
  )
const get = (id = 'spam', by = token) => call(GET, { token: by, params: { id } })

it('lists the accused patterns, confirmed ones first, each with its alert and what it does', async () => {
  await world.raise(
    flip({ kind: 'poison.trigger', subject: { pattern: 'zx9q', label: 'ham', eventIds: ['t-1'] } }),
    spam,
  )
  const canary = { rows: 200, flips: 190, flipRate: 0.95, ci: [0.9099, 0.9758] as const }
  await store(standing(), standing({ pattern: 'zx9q', state: 'confirmed', canary, probes: 20, probeFlips: 20 }))
  const { status, json } = await get()
  const { items } = triggerPage.parse(json)
  expect(status).toBe(200)
  expect(items.map(({ pattern, state }) => [pattern, state])).toEqual([
    ['zx9q', 'confirmed'],
    ['blue falcon', 'association'],
  ])
  expect(items[0]?.alertId).toMatch(/^a-/)
  expect(items[1]?.alertId).toBeNull()
  expect(items[0]?.canary).toMatchObject({ flipRate: 0.95, flips: 190, rows: 200 })
  // Clopper–Pearson of 20 in 20: .025^(1/20) = .8316.
  expect(items[0]?.probes?.ci[0]).toBeCloseTo(0.8316, 4)
  expect(items[1]?.probes).toBeNull()
})

it('keeps one row a pattern and label, the latest', async () => {
  await store(standing())
  await store(standing({ support: 14, probes: 3, probeFlips: 1 }), standing({ label: 'spam' }))
  const { items } = triggerPage.parse((await get()).json)
  expect(items.map(({ label, support }) => [label, support]).sort()).toEqual([
    ['ham', 14],
    ['spam', 9],
  ])
})

it('has nothing to say of a model without any, nor to those who may not read it', async () => {
  await store(standing())
  expect((await get('nobody')).status).toBe(404)
  expect((await get('spam', await world.token(['read'], ['credit']))).status).toBeGreaterThanOrEqual(403)
  await world.db.delete(triggerStanding)
  expect((await get()).json).toEqual({ items: [], nextCursor: null })
})
