import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { alertDetail, alertPage } from '@/app/api/_openapi/alert-schemas'
import { POST as acknowledge } from '@/app/api/v1/alerts/[id]/acknowledge/route'
import { POST as assign } from '@/app/api/v1/alerts/[id]/assign/route'
import { POST as resolve } from '@/app/api/v1/alerts/[id]/resolve/route'
import { GET as read } from '@/app/api/v1/alerts/[id]/route'
import { POST as snooze } from '@/app/api/v1/alerts/[id]/snooze/route'
import { POST as undo } from '@/app/api/v1/alerts/[id]/undo/route'
import { GET as list } from '@/app/api/v1/alerts/route'
import { audit } from '@/db/schema'
import { listAlerts } from '@/lib/alert/list'
import { snoozeAlert } from '@/lib/alert/snooze'
import { type ApiWorld, apiWorld, call, flip, shift } from './api-world'

let world: ApiWorld
let reader: string
let actor: string
let spam: number
const id = (n: number) => String(n).padStart(16, '0')
beforeAll(async () => {
  world = await apiWorld()
  spam = await world.model('spam')
  const rain = await world.model('rain')
  reader = await world.token(['read'])
  actor = await world.token(['read', 'act'])
  for (let n = 1; n <= 7; n++) {
    // Two share a moment: the cursor must tell them apart.
    const now = new Date(Date.UTC(2026, 10, 21, 8, Math.floor(n / 2)))
    await world.raise(flip({ id: `f-${id(n)}`, incident: `i-${id(n)}` }), spam, now)
  }
  await world.raise(
    shift({ id: `f-${id(8)}`, incident: `i-${id(8)}`, model: 'rain' }),
    rain,
    new Date('2026-11-21T09:00:00Z'),
  )
})
afterAll(() => world.close())
const at = (n: number) => ({ id: `a-${id(n)}` })

describe('GET /alerts', () => {
  it('lists newest first, and pages without missing or repeating any', async () => {
    const seen: string[] = []
    let cursor = ''
    for (let page = 0; page < 10; page++) {
      const { status, json } = await call(list, {
        token: reader,
        query: `?limit=3${cursor ? `&cursor=${cursor}` : ''}`,
      })
      expect(status).toBe(200)
      expect(() => alertPage.parse(json)).not.toThrow()
      seen.push(...json.items.map((item: { id: string }) => item.id))
      cursor = json.nextCursor
      if (!cursor) break
    }
    expect(seen).toEqual([8, 7, 6, 5, 4, 3, 2, 1].map((n) => at(n).id))
  })
  it('filters by status, model, kind and family', async () => {
    const count = async (query: string) => (await call(list, { token: reader, query })).json.items.length
    expect(await count('?status=firing')).toBe(8)
    expect(await count('?status=open&model=rain')).toBe(1)
    expect(await count('?kind=poison')).toBe(7)
    expect(await count('?kind=drift.feature,quality.swap')).toBe(1)
    expect(await count('?status=resolved')).toBe(0)
  })
  it('says what is wrong with a filter or a cursor', async () => {
    const bad = await call(list, { token: reader, query: '?status=burning' })
    expect(bad).toMatchObject({ status: 400, json: { type: 'urn:assay:problem:invalid', status: 400 } })
    expect(bad.json.detail).toContain('status "burning" is unknown; expected firing')
    expect(bad.response.headers.get('content-type')).toBe('application/problem+json')
    expect((await call(list, { token: reader, query: '?cursor=nonsense' })).json.detail).toContain('cursor')
    expect((await call(list, { token: reader, query: '?limit=0' })).status).toBe(400)
  })
  it('shows a token its models alone', async () => {
    const one = await world.token(['read'], ['rain'])
    expect((await call(list, { token: one })).json.items.map((i: { model: string }) => i.model)).toEqual(['rain'])
    expect((await call(list, { token: one, query: '?model=spam' })).status).toBe(403)
    expect((await call(read, { token: one, params: at(1) })).status).toBe(403)
  })
})

describe('GET /alerts/{id}', () => {
  it('gives the alert whole', async () => {
    const { json } = await call(read, { token: reader, params: at(8) })
    expect(alertDetail.parse(json)).toMatchObject({
      test: 'the others agree with the model',
      evidence: { effectUnit: 'σ', n: 63 },
      comparison: { bins: [0, 1] },
      incidentId: `i-${id(8)}`,
    })
    expect(json.strip.marks.map((mark: { kind: string }) => mark.kind)).toEqual(['onset', 'alarm'])
  })
  it('knows what it does not know', async () => {
    expect(await call(read, { token: reader, params: { id: 'a-none' } })).toMatchObject({
      status: 404,
      json: { alert: 'a-none' },
    })
  })
})

describe('working an alert', () => {
  it('is acknowledged once, by one person, and says so in timeline and audit', async () => {
    const first = await call(acknowledge, { token: actor, params: at(1), body: { seen: 'firing' } })
    expect(first).toMatchObject({ status: 200, json: { state: 'acknowledged', owner: 'test-read-act' } })
    expect((await call(acknowledge, { token: actor, params: at(1), body: {} })).status).toBe(200)
    const entries = (await world.tx.timeline.of(`i-${id(1)}`)).filter((e) => e.kind === 'alert.acknowledged')
    expect(entries).toHaveLength(1)
    const audited = await world.db
      .select()
      .from(audit)
      .where(eq(audit.subject, `alert/${at(1).id}`))
    expect(audited).toMatchObject([
      { verb: 'alert.acknowledge', actor: 'test-read-act', actorKind: 'token', before: { state: 'firing' } },
    ])
    const other = await world.token(['act', 'read', 'ingest'])
    expect((await call(acknowledge, { token: other, params: at(1), body: {} })).status).toBe(409)
  })
  it('fails when it is not as the caller saw it, and leaves it alone', async () => {
    const { status, json } = await call(resolve, { token: actor, params: at(2), body: { seen: 'acknowledged' } })
    expect({ status, seen: json.seen, state: json.state }).toEqual({
      status: 409,
      seen: 'acknowledged',
      state: 'firing',
    })
    expect((await world.tx.alerts.byId(at(2).id))?.state).toBe('firing')
  })
  it('lets exactly one of two win at the same moment', async () => {
    const tokens = await Promise.all([world.token(['act']), world.token(['act', 'ingest'])])
    const answers = await Promise.all(
      tokens.map((token) => call(acknowledge, { token, params: at(3), body: { seen: 'firing' } })),
    )
    expect(answers.map((a) => a.status).sort()).toEqual([200, 409])
  })
  it('refuses who may only read, and who is nobody', async () => {
    expect(await call(acknowledge, { token: reader, params: at(4), body: {} })).toMatchObject({
      status: 403,
      json: { scope: 'act' },
    })
    const nobody = await call(acknowledge, { params: at(4), body: {} })
    expect(nobody.status).toBe(401)
    expect(nobody.response.headers.get('www-authenticate')).toBe('Bearer')
    expect((await call(list, { token: `assay_${'x'.repeat(43)}` })).status).toBe(401)
    expect((await call(list, { headers: { authorization: 'Basic abc' } })).status).toBe(401)
    const late = await world.token(['read'], undefined, 1e-9)
    expect((await call(list, { token: late })).json.detail).toContain('expired')
  })
  it('is assigned, and taken on by whoever assigns it to themselves', async () => {
    expect((await call(assign, { token: actor, params: at(4), body: { owner: 'kim' } })).json).toMatchObject({
      owner: 'kim',
      state: 'firing',
    })
    expect((await call(assign, { token: actor, params: at(4), body: { owner: 'test-read-act' } })).json).toMatchObject({
      state: 'acknowledged',
    })
    expect((await call(assign, { token: actor, params: at(4), body: { owner: null } })).json.owner).toBeNull()
    expect((await call(assign, { token: actor, params: at(4), body: {} })).status).toBe(400)
  })
  it('rests until its time is over, then fires again', async () => {
    const now = new Date()
    const until = new Date(now.getTime() + 60_000).toISOString()
    expect((await call(snooze, { token: actor, params: at(5), body: { until } })).json.state).toBe('snoozed')
    expect((await call(snooze, { token: actor, params: at(5), body: { until: '2020-01-01T00:00:00Z' } })).status).toBe(
      400,
    )
    expect((await call(snooze, { token: actor, params: at(5), body: { until: 'tomorrow' } })).status).toBe(400)
    const far = new Date(now.getTime() + 31 * 86_400_000).toISOString()
    await expect(snoozeAlert(world.ctx(now), { alertId: at(5).id, until: far })).rejects.toThrow(/at most 30 days/)
    await listAlerts(world.ctx(new Date(now.getTime() + 30_000)))
    expect((await world.tx.alerts.byId(at(5).id))?.state).toBe('snoozed')
    await listAlerts(world.ctx(new Date(now.getTime() + 61_000)))
    expect((await world.tx.alerts.byId(at(5).id))?.state).toBe('firing')
    expect((await world.tx.timeline.of(`i-${id(5)}`)).at(-1)?.kind).toBe('alert.woke')
  })
  it('is resolved for good', async () => {
    expect((await call(resolve, { token: actor, params: at(6), body: { note: 'relabelled: right' } })).json.state).toBe(
      'resolved',
    )
    expect((await call(resolve, { token: actor, params: at(6), body: {} })).status).toBe(200)
    expect((await call(acknowledge, { token: actor, params: at(6), body: {} })).status).toBe(409)
  })
  it('is put back to firing with nobody as its owner, once, and keeps what was done in its timeline', async () => {
    const asked = { token: actor, params: at(7) }
    await call(snooze, { ...asked, body: { until: new Date(Date.now() + 60_000).toISOString() } })
    expect((await call(undo, { ...asked, body: { seen: 'firing' } })).status).toBe(409)
    expect((await call(undo, { ...asked, token: reader, body: {} })).status).toBe(403)
    for (let time = 0; time < 2; time++)
      expect(await call(undo, { ...asked, body: {} })).toMatchObject({
        status: 200,
        json: { state: 'firing', owner: null },
      })
    const row = await world.tx.alerts.byId(at(7).id)
    expect(row).toMatchObject({ snoozedUntil: null, acknowledgedAt: null, resolvedAt: null })
    const kinds = (await world.tx.timeline.of(`i-${id(7)}`)).map((entry) => entry.kind)
    expect(kinds.slice(-2)).toEqual(['alert.snoozed', 'alert.undone'])
  })
  it('refuses a body that is no object', async () => {
    for (const body of ['{', '[]', '3'])
      expect((await call(resolve, { token: actor, params: at(7), body })).status).toBe(400)
  })
})
