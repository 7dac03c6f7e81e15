import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { goldenPage, goldenSet, sourceDetail, sourcePage } from '@/app/api/_openapi/source-schemas'
import { POST as approve } from '@/app/api/v1/models/[id]/golden/[set]/approve/route'
import { POST as reject } from '@/app/api/v1/models/[id]/golden/[set]/reject/route'
import { GET, PUT } from '@/app/api/v1/models/[id]/golden/route'
import { POST as look } from '@/app/api/v1/models/[id]/sources/[origin]/audits/route'
import { GET as source } from '@/app/api/v1/models/[id]/sources/[origin]/route'
import { GET as sources } from '@/app/api/v1/models/[id]/sources/route'
import { audit, goldenSet as goldenTable, sourceAudit, sourceStanding } from '@/db/schema'
import { seeded } from '@/lib/demo/seeded'
import { type ApiWorld, apiWorld, call } from './api-world'

let world: ApiWorld
let spam: number
let first: string
let second: string
beforeAll(async () => {
  world = await apiWorld()
  spam = await world.model('spam')
  first = await world.token(['read', 'act'])
  second = await world.token(['read', 'act', 'ingest'])
})
afterAll(() => world.close())
beforeEach(async () => {
  for (const table of [goldenTable, sourceAudit, sourceStanding, audit]) await world.db.delete(table)
})

const params = { id: 'spam' }
const uniform = seeded(4)
/** Clean but for `wrong` labels in all of them. */
const rows = (n: number, wrong = 0) =>
  Array.from({ length: n }, (_, i) => {
    const len = uniform() * 200
    const label = len > 100 === i >= wrong ? 'spam' : 'ham'
    return JSON.stringify({ features: { len }, label, segment: { region: i % 2 ? 'eu' : 'us' } })
  })
const put = (body: string, token = first, id = 'spam') => call(PUT, { token, method: 'PUT', params: { id }, body })

it('hashes, audits and keeps a trusted set until a second person has approved it', async () => {
  const lines = rows(600, 12)
  const { status, json } = await put(lines.join('\n'))
  const set = goldenSet.parse(json)
  expect(status).toBe(200)
  expect(set).toMatchObject({ rows: 600, state: 'proposed', slices: { 'region=eu': 300, 'region=us': 300 } })
  // The same rows in another order are the same set.
  expect((await put([...lines].reverse().join('\n'))).json).toMatchObject({ id: set.id, hash: set.hash })
  // Nearly all of the twelve wrong labels are found, and the bound holds.
  expect(set.audit.doubted.filter(({ row }) => row < 12).length).toBeGreaterThanOrEqual(9)
  expect(set.audit.atMost).toBeGreaterThan(12 / 600)
  expect(set.audit.atMost).toBeLessThan(0.08)

  const path = { ...params, set: set.id }
  expect((await call(approve, { token: first, params: path, body: {} })).status).toBe(403)
  expect((await call(approve, { token: second, params: path, body: {} })).json).toMatchObject({
    state: 'approved',
    fromEvent: null,
  })
  expect((await call(reject, { token: second, params: path, body: {} })).status).toBe(409)
  const verbs = await world.db.select().from(audit)
  expect(verbs.map(({ verb }) => verb).sort()).toEqual(['golden.approve', 'golden.propose'])

  // Another one takes its place.
  const next = goldenSet.parse((await put(rows(400).join('\n'))).json)
  await call(approve, { token: second, params: { ...params, set: next.id }, body: {} })
  const { items } = goldenPage.parse((await call(GET, { token: first, params })).json)
  expect(items.map(({ id, state }) => [id, state])).toEqual([
    [next.id, 'approved'],
    [set.id, 'replaced'],
  ])
})

it('refuses a set that is half read, and says which line', async () => {
  expect((await put('{"label":"ham"}\nnot json')).json.detail).toContain('line 2')
  expect((await put('')).status).toBe(400)
  expect((await put('{"model":"rain","label":"ham"}')).json.detail).toContain('expected spam')
  expect((await put('{"label":"ham"}', await world.token(['read']))).status).toBe(403)
})

it('takes a set for a model that nobody has seen yet', async () => {
  expect((await put('{"label":"ham","features":{"a":1}}', first, 'unseen')).json).toMatchObject({ state: 'proposed' })
})

it('gives a source trust by what people looked at, and by nothing else', async () => {
  const standing = {
    modelKey: spam,
    originKind: 'vendor',
    seq: 1,
    at: new Date('2026-11-02T00:00:00Z'),
    threshold: 10,
    logE: 0,
  }
  await world.db.insert(sourceStanding).values([
    { ...standing, origin: 'big', rows: 900, disagreements: 9, expected: 9, state: 'ok', influence: -0.1, reach: 2 },
    { ...standing, origin: 'small', rows: 100, disagreements: 1, expected: 1, state: 'ok' },
  ])
  const before = sourcePage.parse((await call(sources, { token: first, params })).json).items
  expect(before.map(({ trust }) => trust)).toEqual([before[0]?.trust, before[0]?.trust])
  expect(before[0]?.cap.over).toBeGreaterThan(800)
  const path = { ...params, origin: 'big' }
  const looked = (body: object) => call(look, { token: first, params: path, body })
  expect((await looked({ ok: 0, bad: 0 })).status).toBe(400)
  const good = sourceDetail.parse((await looked({ ok: 60, bad: 0, note: 'sampled' })).json)
  expect(good.trust).toBeGreaterThan(0.7)
  expect(good.cap.worstCaseHeld).toBeLessThan(2)
  const bad = sourceDetail.parse((await looked({ ok: 0, bad: 10 })).json)
  expect(bad.trust).toBeLessThan(0.5)
  expect(bad.audits).toHaveLength(2)
  expect((await call(source, { token: first, params: { ...params, origin: 'nobody' } })).status).toBe(404)
})
