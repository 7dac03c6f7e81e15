import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { POST as withdraw } from '@/app/api/v1/models/[id]/baseline/[decision]/withdraw/route'
import { GET, POST } from '@/app/api/v1/models/[id]/baseline/route'
import { alert, audit, baselineDecision, finding, incident, task, timeline } from '@/db/schema'
import { resolveIncident } from '@/lib/incident/resolve'
import { type ApiWorld, apiWorld, call, flip, shift } from './api-world'

let world: ApiWorld
let spam: number
let token: string
beforeAll(async () => {
  world = await apiWorld()
  spam = await world.model('spam')
  token = await world.token(['read', 'act'])
})
afterAll(() => world.close())
beforeEach(async () => {
  for (const table of [baselineDecision, audit, task, timeline, alert, finding, incident]) await world.db.delete(table)
  await world.raise(shift(), spam)
})
const params = { id: 'spam' }
const level = { alertId: 'a-0000000000000002' }
const adopt = (body: object, by = token) => call(POST, { token: by, params, body })
const closeIt = (id = 'i-0000000000000002') => resolveIncident(world.ctx(), { id, resolution: 'real' })

it('adopts the level of a closed incident’s alert, from the model’s next event on, with an audit row', async () => {
  await closeIt()
  const answer = await adopt({ ...level, note: 'new sensor' })
  expect([answer.status, answer.json]).toEqual([
    200,
    expect.objectContaining({
      what: 'level',
      alertId: level.alertId,
      subject: { feature: 'temp' },
      from: '2026-11-02T10:00:00.000Z',
      to: '2026-11-03T00:00:00.000Z',
      atEvent: 5000,
      note: 'new sensor',
      withdrawnAt: null,
    }),
  ])
  const rows = await world.db.select().from(audit)
  expect(rows.find((row) => row.verb === 'baseline.adopt')).toMatchObject({
    subject: 'model/spam',
    after: expect.objectContaining({ id: answer.json.id }),
  })
  expect((await adopt(level)).status).toBe(409)
})

it('refuses a window under an open incident, whichever it is', async () => {
  const own = await adopt(level)
  expect(own.status).toBe(409)
  expect(own.json.detail).toContain('Feature moved: temp')
  await closeIt()
  await world.raise(flip({ onsetAt: '2026-11-02T20:00:00Z', firedAt: '2026-11-02T22:00:00Z' }), spam)
  expect((await adopt(level)).status).toBe(409)
  // Before the open incident began, a range is clean.
  const before = await adopt({ from: '2026-11-01T00:00:00Z', to: '2026-11-02T00:00:00Z' })
  expect([before.status, before.json.what, before.json.subject]).toEqual([200, 'range', {}])
  expect((await adopt({ from: '2026-11-02T00:00:00Z', to: '2026-11-03T00:00:00Z' })).status).toBe(409)
})

it('refuses what has no level of its own, and says what can be done instead', async () => {
  await closeIt()
  await world.db.update(alert).set({ kind: 'drift.multivariate', subject: { features: ['temp', 'wind'] } })
  const pair = await adopt(level)
  expect([pair.status, pair.json.detail]).toEqual([409, expect.stringContaining('pin a range of time')])
  await world.db.update(alert).set({ kind: 'drift.feature', subject: { feature: 'temp', segment: { site: 'north' } } })
  expect((await adopt(level)).status).toBe(409)
})

it('is taken back, and can be adopted again', async () => {
  await closeIt()
  const { json } = await adopt(level)
  const undone = await call(withdraw, { token, params: { ...params, decision: json.id }, body: {} })
  expect(undone.json.withdrawnAt).not.toBeNull()
  expect((await adopt(level)).status).toBe(200)
  const { json: all } = await call(GET, { token, params })
  expect(all.items.map((row: { withdrawnAt: string | null }) => row.withdrawnAt === null).sort()).toEqual([false, true])
  expect((await world.db.select().from(audit)).filter((row) => row.verb === 'baseline.adopt')).toHaveLength(3)
  const decisions = await world.tx.baselineDecisions.of(spam)
  expect(decisions.filter(({ withdrawnAt }) => withdrawnAt === null)).toHaveLength(1)
})

it('asks for the permission, and for a stretch that holds events', async () => {
  await closeIt()
  expect((await adopt(level, await world.token(['read']))).status).toBe(403)
  expect((await adopt({ from: '2026-11-02T00:00:00Z', to: '2026-11-01T00:00:00Z' })).status).toBe(400)
  expect((await adopt({ from: '2027-11-01T00:00:00Z', to: '2027-11-02T00:00:00Z' })).status).toBe(400)
  await world.raise(flip(), spam)
  await closeIt('i-0000000000000001')
  const poison = await adopt({ alertId: 'a-0000000000000001' })
  expect([poison.status, poison.json.detail]).toEqual([409, expect.stringContaining('poisoning never becomes normal')])
})
