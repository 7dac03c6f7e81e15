import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { closeProducers } from '@/app/api/_door/producer'
import { ingestStatus } from '@/app/api/_openapi/incident-schemas'
import { featureDetail, heatMap, modelDetail, modelPage, versionPage } from '@/app/api/_openapi/model-schemas'
import { sourcePage, suspectPage } from '@/app/api/_openapi/source-schemas'
import { GET as readAlert } from '@/app/api/v1/alerts/[id]/route'
import { POST as post } from '@/app/api/v1/events/route'
import { GET as ingest } from '@/app/api/v1/ingest/route'
import { GET as drift } from '@/app/api/v1/models/[id]/drift/route'
import { GET as feature } from '@/app/api/v1/models/[id]/features/[feature]/route'
import { PUT as put, GET as read } from '@/app/api/v1/models/[id]/route'
import { GET as sources } from '@/app/api/v1/models/[id]/sources/route'
import { GET as suspects } from '@/app/api/v1/models/[id]/suspects/route'
import { GET as versions } from '@/app/api/v1/models/[id]/versions/route'
import { GET as list } from '@/app/api/v1/models/route'
import { GET as readyz } from '@/app/api/v1/readyz/route'
import { evidenceSample, sourceStanding } from '@/db/schema'
import { runWorker, type Worker } from '@/ingest/main'
import { brokers, freshTopic } from '@/test/fixture/services'
import { type ApiWorld, apiWorld, call, flip } from './api-world'
import { training } from './ingest-harness'

let world: ApiWorld
let worker: Worker
let topic: string
let sender: string
let reader: string
const prediction = (id: string, temp: number | null, minutes: number) =>
  JSON.stringify({
    specversion: '1.0',
    id,
    source: '/scores',
    type: 'ml.prediction.v1',
    time: new Date(Date.UTC(2026, 10, 1) + minutes * 60_000).toISOString(),
    data: {
      model: 'rain',
      version: 'v1',
      features: { temp, sky: temp === null || temp > 10 ? 'clear' : 'grey' },
      prediction: 'dry',
      scores: { dry: 0.8, rain: 0.2 },
    },
  })
const settled = async (count: number) => {
  for (let i = 0; ; i++) {
    const [row] = await world.db.execute<{ n: string }>(sql`select (select count(*) from event) as n`)
    if (Number(row?.n) >= count) return
    if (i > 400) throw new Error(`expected ${count} events, found ${row?.n}`)
    await new Promise((done) => setTimeout(done, 50))
  }
}

beforeAll(async () => {
  topic = await freshTopic('api')
  world = await apiWorld({ KAFKA_BROKERS: brokers().join(','), KAFKA_TOPICS: topic, KAFKA_GROUP_ID: `group.${topic}` })
  sender = await world.token(['ingest'])
  reader = await world.token(['read'])
  const { config } = world
  worker = await runWorker(
    { ...config, kafkaBrokers: brokers(), batchMs: 50, logLevel: 'silent' },
    { onFatal: (error) => console.error(error) },
  )
  await worker.ready
})
afterAll(async () => {
  await worker?.stop()
  await closeProducers()
  await world?.close()
})

describe('POST /events, with a broker', () => {
  it('answers what it took and what not, and keeps the refused as dead letters', async () => {
    const body = [training('t-1'), 'no json', training('t-1'), training('t-2', { origin: 7 }), training('t-2')].join(
      '\n',
    )
    const { status, json } = await call(post, { token: sender, body })
    expect(status).toBe(202)
    expect(json.accepted).toBe(2)
    expect(json.rejected.map((r: { index: number; reason: string }) => [r.index, r.reason.slice(0, 12)])).toEqual([
      [1, 'not JSON: Un'],
      [2, 'duplicate: "'],
      [3, 'data.origin:'],
    ])
    await settled(2)
    const where = await world.db.execute<{ topic: string; event_id: string }>(
      sql`select topic, event_id from event order by event_id`,
    )
    expect(where.map((row) => [row.topic, row.event_id])).toEqual([
      [topic, 't-1'],
      [topic, 't-2'],
    ])
    const status2 = ingestStatus.parse((await call(ingest, { token: reader })).json)
    expect(status2).toMatchObject({ deadLetters: 3, events: 2, kafka: { configured: true, brokers: brokers() } })
    expect(status2.latestDeadLetters.find((d) => d.preview === 'no json')).toMatchObject({ topic: 'http', size: 7 })
  })
  it('refuses what is stored already, so sending again is safe', async () => {
    const { json } = await call(post, { token: sender, body: `[${training('t-1')},${training('t-3')}]` })
    expect(json).toMatchObject({ accepted: 1, rejected: [{ index: 0 }] })
    expect(json.rejected[0].reason).toContain('was sent before')
    await settled(3)
  })
  it('refuses a line over 1 MiB and takes its neighbours', async () => {
    const body = `${training('t-4')}\n${training('t-big', { text: 'x'.repeat(1_048_576) })}\n${training('t-5')}`
    const { json } = await call(post, { token: sender, body })
    expect(json).toMatchObject({
      accepted: 2,
      rejected: [{ index: 1, reason: 'too large: at most 1048576 bytes are accepted' }],
    })
    await settled(5)
  })
  it('refuses events of models that the token may not touch', async () => {
    const one = await world.token(['ingest'], ['rain'])
    const { json } = await call(post, { token: one, body: training('t-6') })
    expect(json).toMatchObject({ accepted: 0, rejected: [{ index: 0 }] })
    expect(json.rejected[0].reason).toContain('may not send events of the model "spam"')
  })
  it('refuses who may not, and a body with nothing in it', async () => {
    expect((await call(post, { token: reader, body: training('t-7') })).status).toBe(403)
    expect((await call(post, { token: sender, body: ' \n' })).status).toBe(400)
    expect((await call(post, { token: sender, method: 'POST' })).status).toBe(400)
    expect((await call(post, { body: training('t-7') })).status).toBe(401)
  })
  it('says that the broker is away rather than losing events', async () => {
    const { config } = world.runtime
    const kafkaBrokers = (config as { kafkaBrokers: unknown }).kafkaBrokers
    Object.assign(config, { kafkaBrokers: ['127.0.0.1:1'] })
    try {
      const { status, json, response } = await call(post, { token: sender, body: training('t-8') })
      expect({ status, type: json.type, retry: response.headers.get('retry-after') }).toEqual({
        status: 503,
        type: 'urn:assay:problem:busy',
        retry: '2',
      })
    } finally {
      Object.assign(config, { kafkaBrokers })
    }
  })
})

describe('models, read from what the worker stored', () => {
  beforeAll(async () => {
    const rows = Array.from({ length: 2600 }, (_, i) =>
      prediction(`p-${i}`, i % 50 === 7 ? null : i < 2000 ? i % 20 : (i % 20) + 30, i * 5),
    )
    const version = JSON.stringify({
      specversion: '1.0',
      id: 'v-1',
      source: '/learner',
      type: 'ml.version.v1',
      time: '2026-11-02T00:00:00Z',
      data: { model: 'rain', version: 'v1', metrics: { accuracy: 0.9 } },
    })
    const { json } = await call(post, { token: sender, body: [...rows, version].join('\n') })
    expect(json).toEqual({ accepted: 2601, rejected: [] })
    await settled(5 + 2601)
  })
  const params = { id: 'rain' }

  it('are listed with their state', async () => {
    const page = modelPage.parse((await call(list, { token: reader })).json)
    expect(page.items.map((m) => m.id).sort()).toEqual(['rain', 'spam'])
    const rain = page.items.find((m) => m.id === 'rain')
    expect(rain).toMatchObject({ events: 2601, learning: null })
    expect(rain?.eventsPerSecond).toBeGreaterThan(1)
    expect(page.items.find((m) => m.id === 'spam')?.learning).toEqual({ seen: 5, needed: 2000 })
    expect((await call(list, { token: await world.token(['read'], ['spam']) })).json.items).toHaveLength(1)
  })
  it('are read one by one, with budget, range and versions', async () => {
    const { json } = await call(read, { token: reader, params })
    expect(() => modelDetail.parse(json)).not.toThrow()
    expect(json.budget).toMatchObject({
      falseIncidents: 1,
      perDays: 30,
      words: 'at most 1 false incident in 30 days of its events',
    })
    expect(json.from).toBe('2026-11-01T00:00:00.000Z')
    expect(versionPage.parse((await call(versions, { token: reader, params })).json).items).toMatchObject([
      { version: 'v1', metrics: { accuracy: 0.9 } },
    ])
    expect(json).toMatchObject({ task: 'classification', taskInferred: true })
    const day = (await call(read, { token: reader, params, query: '?last=24h' })).json
    expect(day.to).toBe(json.to)
    expect(Date.parse(day.to) - Date.parse(day.from)).toBe(24 * 3600_000)
    expect((await call(read, { token: reader, params: { id: 'none' } })).status).toBe(404)
    expect((await call(read, { token: reader, params, query: '?from=yesterday' })).status).toBe(400)
  })
  it('show per feature and window how far they are from the baseline', async () => {
    const map = heatMap.parse((await call(drift, { token: reader, params })).json)
    const temp = map.features.find((f) => f.name === 'temp')
    expect(temp?.type).toBe('numeric')
    expect(map.windows.length).toBeLessThanOrEqual(96)
    expect(temp?.n.reduce((a, b) => a + b, 0)).toBe(2600 - 52)
    const first = temp?.effects.find((e) => e !== null)
    expect(first).toBeLessThan(0.2)
    expect(temp?.effects.at(-1)).toBeGreaterThan(0.8)
    expect(temp?.missing).toBeCloseTo(52 / 2600, 6)
    const narrow = heatMap.parse(
      (await call(drift, { token: reader, params, query: '?from=2026-11-08T12:00:00Z&to=2026-11-09T00:00:00Z' })).json,
    )
    expect(narrow.windows.length).toBeLessThan(map.windows.length)
  })
  it('compare one feature with its baseline, and over time', async () => {
    const temp = featureDetail.parse(
      (await call(feature, { token: reader, params: { ...params, feature: 'temp' } })).json,
    )
    expect(temp.reference.n).toBe(1960)
    expect(temp.current.mean).toBeGreaterThan(25)
    expect(temp.ribbon.at(-1)?.q50).toBeGreaterThan(30)
    const sky = featureDetail.parse(
      (await call(feature, { token: reader, params: { ...params, feature: 'sky' } })).json,
    )
    expect(sky.comparison).toMatchObject({ unit: 'categorical', bins: ['grey', 'clear', '(other)'] })
    expect((await call(feature, { token: reader, params: { ...params, feature: 'none' } })).status).toBe(404)
  })
  it('list their sources, worst first', async () => {
    const spam = (await world.tx.models.byId('spam'))?.key ?? 0
    const standing = {
      modelKey: spam,
      originKind: 'vendor',
      seq: 1,
      at: new Date('2026-11-02T00:00:00Z'),
      threshold: 10,
      state: 'ok' as const,
    }
    await world.db.delete(sourceStanding)
    await world.db.insert(sourceStanding).values([
      { ...standing, origin: 'calm', rows: 300, disagreements: 12, expected: 12, logE: 1 },
      { ...standing, origin: 'loud', rows: 100, disagreements: 61, expected: 4, logE: 9 },
    ])
    const { items } = sourcePage.parse((await call(sources, { token: reader, params: { id: 'spam' } })).json)
    expect(items.map((s) => s.origin)).toEqual(['loud', 'calm'])
    expect(items[0]).toMatchObject({
      rows: 100,
      share: 0.25,
      disagreement: 0.61,
      expected: 0.04,
      evidence: { logE: 9, threshold: 10 },
    })
  })
  it('have strips of at most 600 points, the worst unit of each bucket', async () => {
    const rain = (await world.tx.models.byId('rain'))?.key ?? 0
    await world.db.delete(evidenceSample)
    const at = (minute: number) => new Date(Date.UTC(2026, 10, 1) + minute * 60_000)
    await world.db.insert(evidenceSample).values(
      Array.from({ length: 4000 }, (_, i) => ({
        modelKey: rain,
        seq: i >> 1,
        at: at(i >> 1),
        kind: 'drift.feature' as const,
        unit: i % 2 ? 'feature=temp' : 'feature=sky',
        subject: { feature: i % 2 ? 'temp' : 'sky' },
        // A tenth of what the promise asks, and next to nothing.
        logE: i % 2 ? 10 - Math.log(10) : -1,
        threshold: 10,
        effect: 0.1,
        n: i,
      })),
    )
    const query = `?from=${at(0).toISOString()}&to=${at(1999).toISOString()}`
    const { json } = await call(read, { token: reader, params, query })
    const [strip] = json.strips.filter((s: { id: string }) => s.id === 'drift.feature')
    const samples = strip.points.filter((p: { unit: string }) => p.unit !== '')
    expect(samples.length).toBeGreaterThan(400)
    expect(samples.length).toBeLessThanOrEqual(600)
    const told = samples.map((p: { unit: string; share: number }) => `${p.unit} ${p.share.toFixed(3)}`)
    expect(new Set(told)).toEqual(new Set(['feature=temp 0.500']))
    expect(json.drift.share).toBeCloseTo(0.5, 6)
  })
  it('are configured by an administrator alone, and the change is audited', async () => {
    const admin = await world.token(['admin'])
    const body = { budget: { falseIncidents: 2, perEvents: 100_000 } }
    expect((await call(put, { token: reader, method: 'PUT', params, body })).status).toBe(403)
    expect((await call(put, { token: admin, method: 'PUT', params, body })).json).toEqual({ id: 'rain', config: body })
    expect((await call(put, { token: admin, method: 'PUT', params, body: { budget: { perDays: -1 } } })).status).toBe(
      400,
    )
    expect((await call(read, { token: reader, params })).json.budget.words).toBe(
      'at most 2 false incidents in 100 000 events',
    )
    expect((await call(put, { token: admin, method: 'PUT', params: { id: 'new' }, body: {} })).status).toBe(200)
    const rows = await world.db.execute<{ subject: string }>(
      sql`select subject from audit where verb = 'model.configure' order by id`,
    )
    expect(rows.map((row) => row.subject)).toEqual(['model/rain', 'model/new'])
  })
  it('name the records behind an alert, with their coordinates', async () => {
    const spam = await world.tx.models.byId('spam')
    await world.raise(
      flip({ subject: { origin: 'vendor-7', label: 'ham', eventIds: ['t-2', 't-1', 't-unknown'] } }),
      spam?.key ?? 0,
    )
    const { json } = await call(readAlert, { token: reader, params: { id: 'a-0000000000000001' } })
    expect(json.records).toMatchObject([
      { eventId: 't-2', topic, partition: 0, offset: 1, origin: 'vendor-7', label: 'ham', source: '/feeds/test' },
      { eventId: 't-1', topic, partition: 0, offset: 0, data: { features: { len: 212, lang: 'en' } } },
    ])
    const page = suspectPage.parse((await call(suspects, { token: reader, params: { id: 'spam' } })).json)
    expect(page.items.map((r) => r.eventId)).toEqual(['t-2', 't-1'])
    expect(
      (await call(suspects, { token: reader, params: { id: 'spam' }, query: '?origin=other' })).json.items,
    ).toEqual([])
  })
  it('is ready while a worker lives', async () => {
    expect(await call(readyz)).toMatchObject({ status: 200, json: { status: 'ready', schema: 'ok', worker: 'ok' } })
  })
})
