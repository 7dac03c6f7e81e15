import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { clusterPage, gateCheck, rankedSuspects, sourceDetail, sourcePage } from '@/app/api/_openapi/source-schemas'
import { POST as post } from '@/app/api/v1/events/route'
import { GET as clusters } from '@/app/api/v1/models/[id]/clusters/route'
import { POST as check } from '@/app/api/v1/models/[id]/gate/check/route'
import { GET as source } from '@/app/api/v1/models/[id]/sources/[origin]/route'
import { GET as sources } from '@/app/api/v1/models/[id]/sources/route'
import { GET as ranked } from '@/app/api/v1/models/[id]/suspects/ranked/route'
import { evidenceSample, sourceStanding } from '@/db/schema'
import { runWorker } from '@/ingest/main'
import { seeded } from '@/lib/demo/seeded'
import { type ApiWorld, apiWorld, call, flip } from './api-world'

const n = 600
const wrong = new Set(Array.from({ length: 30 }, (_, i) => `t-${20 * i + 7}`))
const hands = Array.from({ length: 12 }, (_, i) => `acct-${i}`)
const params = { id: 'mail' }
let world: ApiWorld
let reader: string
let key: number

beforeAll(async () => {
  world = await apiWorld()
  reader = await world.token(['read'])
  const sender = await world.token(['ingest'])
  const uniform = seeded(7)
  const lines = Array.from({ length: n }, (_, i) => {
    const [length, links] = [Math.round(200 * uniform()), Math.round(10 * uniform())]
    const isSpam = length > 100
    const label = isSpam !== wrong.has(`t-${i}`) ? 'spam' : 'ham'
    const data = {
      model: 'mail',
      origin: { id: `vendor-${i % 6}`, kind: 'vendor' },
      features: { length, links },
      label,
    }
    const time = new Date(Date.UTC(2026, 10, 1) + 60_000 * i).toISOString()
    return JSON.stringify({ specversion: '1.0', id: `t-${i}`, source: '/feed', type: 'ml.training.v1', time, data })
  })
  expect((await call(post, { token: sender, body: lines.join('\n') })).json.accepted).toBe(n)
  const worker = await runWorker(
    { ...world.config, kafkaBrokers: 'none', batchMs: 50, logLevel: 'silent' },
    { onFatal: (error) => console.error(error) },
  )
  await worker.ready
  for (let i = 0; i < 400; i++) {
    const [row] = await world.db.execute<{ n: string }>(sql`select count(*) as n from event`)
    if (Number(row?.n) === n) break
    await new Promise((done) => setTimeout(done, 50))
  }
  await worker.stop()
  key = (await world.tx.models.byId('mail'))?.key ?? 0
  await world.db.delete(sourceStanding)
  const standing = {
    modelKey: key,
    originKind: 'user',
    logE: 0,
    threshold: 12,
    seq: 599,
    at: new Date('2026-11-01T09:00:00Z'),
  }
  const rows = { rows: 9, disagreements: 1, expected: 1, state: 'ok' as const }
  await world.db
    .insert(sourceStanding)
    .values([
      ...hands.map((origin) => ({ ...standing, ...rows, origin, influence: 0.01, reach: 0.2 })),
      { ...standing, origin: 'vendor-1', ...rows, rows: 2000, influence: -0.1, reach: 3 },
      { ...standing, origin: 'vendor-2', ...rows, rows: 30 },
    ])
  await world.db.delete(evidenceSample)
  const at = new Date('2026-11-01T09:00:00Z')
  const sample = { modelKey: key, seq: 599, at, kind: 'poison.label_flip' as const, threshold: 14, effect: 0.2, n: 108 }
  await world.db.insert(evidenceSample).values([
    { ...sample, unit: 'sybils born=acct-0', subject: { origins: hands }, logE: 11 },
    { ...sample, unit: 'sybils copies=vendor-2', subject: { origins: ['vendor-2', 'acct-1', 'acct-2'] }, logE: 2 },
    { ...sample, unit: 'origin=vendor-1', subject: { origin: 'vendor-1' }, logE: 3 },
  ])
})
afterAll(() => world.close())

it('ranks stored training rows again, looking back: turned labels first, with reasons and coordinates', async () => {
  const { status, json } = await call(ranked, { token: reader, params, query: '?limit=30&least=0' })
  expect(status).toBe(200)
  const list = rankedSuspects.parse(json)
  expect(list).toMatchObject({ compared: n, views: ['forest'], cannot: null, from: '2026-11-01T00:00:00Z' })
  expect(list.items).toHaveLength(30)
  // 30 of 600 labels are turned; at random one or two of the first 30 would be.
  expect(list.items.filter(({ eventId }) => wrong.has(eventId)).length).toBeGreaterThanOrEqual(25)
  expect(list.items[0]).toMatchObject({ topic: 'http', type: 'ml.training.v1', source: '/feed' })
  expect(list.items[0]?.reasons[0]).toMatch(/trees that had not seen it/)
  // Without more, only rows that are likelier wrong than right.
  const likely = rankedSuspects.parse((await call(ranked, { token: reader, params })).json)
  expect(Math.min(...likely.items.map(({ score }) => score ?? 0))).toBeGreaterThanOrEqual(0.5)
  // About thirty are expected wrong, by the chances themselves.
  expect(list.expectedWrong).toBeGreaterThan(15)
  expect(list.expectedWrong).toBeLessThan(60)
})

it('narrows the list to a source, and gives it as CSV', async () => {
  const { response } = await call(ranked, {
    token: reader,
    params,
    query: '?limit=5&least=0&origin=vendor-1&format=csv',
  })
  expect(response.headers.get('content-type')).toContain('text/csv')
  expect(response.headers.get('content-disposition')).toContain('suspects.csv')
  const lines = (await response.text()).trimEnd().split('\r\n')
  expect(lines).toHaveLength(6)
  expect(lines.slice(1).every((line) => line.includes(',vendor-1,'))).toBe(true)
})

it('refuses what it cannot read, and who may not', async () => {
  expect((await call(ranked, { token: reader, params, query: '?rows=3' })).status).toBe(400)
  expect((await call(ranked, { token: reader, params: { id: 'none' } })).status).toBe(404)
  expect((await call(ranked, { token: await world.token(['ingest']), params })).status).toBe(403)
  expect((await call(ranked, { token: await world.token(['read'], ['other']), params })).status).toBe(403)
  expect((await call(check, { token: reader, params, body: { rows: [] } })).status).toBe(400)
  expect(
    (await call(check, { token: await world.token(['ingest']), params, body: { rows: [{ origin: 'a' }] } })).status,
  ).toBe(403)
})

it('shows the sources that look like one hand, and why', async () => {
  const { items } = clusterPage.parse((await call(clusters, { token: reader, params })).json)
  expect(items.map(({ tie, members, state, why }) => [tie, members.length, state, why])).toEqual([
    ['born', 12, 'watch', 'were first seen at about the same time'],
    ['copies', 3, 'ok', 'repeat one another'],
  ])
  const one = sourceDetail.parse((await call(source, { token: reader, params: { ...params, origin: 'acct-1' } })).json)
  expect(one.clusters.map(({ tie }) => tie)).toEqual(['born', 'copies'])
})

it('says of rows whether they would be let in: newcomers and hands have a quota, and it states the worst case', async () => {
  const body = {
    rows: [{ origin: 'vendor-1' }, { origin: { id: 'acct-3' } }, { origin: 'vendor-2' }, { origin: 'unheard-of' }],
  }
  const said = gateCheck.parse((await call(check, { token: reader, params, body })).json)
  expect(said.rows.map(({ admit }) => admit)).toEqual([false, false, true, true])
  expect(said.rows[0]?.reasons[0]).toMatch(/^vendor-1 would supply more than 2\.8 % of the rows/)
  // The twelve have 108 of 2,138 rows together.
  expect(said.rows[1]?.reasons[0]).toMatch(/^12 sources that look like one hand would supply more than 2\.8 %/)
  // Twelve times .2, and of vendor-1 3 · floor(.0282 · 2138) / 2000.
  expect(said.worst.newcomers).toBeCloseTo(12 * 0.2 + (3 * 60) / 2000, 6)
  const one = sourceDetail.parse((await call(source, { token: reader, params: { ...params, origin: 'acct-3' } })).json)
  expect(one.gate).toMatchObject({ admit: false })
})

it('shows as poisoning who is accused together with others, until the alert is closed', async () => {
  await world.raise(
    flip({ model: 'mail', subject: { origins: ['acct-1', 'acct-2', 'acct-3'], label: 'ham', eventIds: [] } }),
    key,
  )
  const { items } = sourcePage.parse((await call(sources, { token: reader, params })).json)
  const states = new Map(items.map(({ origin, state }) => [origin, state]))
  expect(['acct-1', 'acct-2', 'acct-4'].map((id) => states.get(id))).toEqual(['poisoning', 'poisoning', 'ok'])
  const first = clusterPage.parse((await call(clusters, { token: reader, params })).json).items[0]
  expect(first).toMatchObject({ tie: null, state: 'poisoning', members: ['acct-1', 'acct-2', 'acct-3'] })
  const body = { rows: [{ origin: 'acct-2' }] }
  const said = gateCheck.parse((await call(check, { token: reader, params, body })).json)
  expect(said.rows[0]).toMatchObject({ admit: false, alertId: first?.alertId })
})
