import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { GET as rest } from '@/app/api/v1/[...rest]/route'
import { POST as post } from '@/app/api/v1/events/route'
import { GET as healthz } from '@/app/api/v1/healthz/route'
import { GET as ingest } from '@/app/api/v1/ingest/route'
import { GET as metrics } from '@/app/api/v1/metrics/route'
import { GET as openapi } from '@/app/api/v1/openapi.json/route'
import { GET as readyz } from '@/app/api/v1/readyz/route'
import { GET as silences } from '@/app/api/v1/silences/route'
import { runWorker } from '@/ingest/main'
import { type ApiWorld, apiWorld, call, flip } from './api-world'
import { training } from './ingest-harness'

let world: ApiWorld
let token: string
beforeAll(async () => {
  world = await apiWorld()
  token = await world.token(['ingest', 'read'])
})
afterAll(() => world.close())

it('keeps events in Postgres where there is no broker, until a worker reads them', async () => {
  expect((await call(readyz)).json).toMatchObject({ status: 'not-ready', worker: 'none' })
  const lines = Array.from({ length: 2500 }, (_, i) => training(`h-${i}`))
  const { status, json } = await call(post, { token, body: lines.join('\n') })
  expect({ status, json }).toEqual({ status: 202, json: { accepted: 2500, rejected: [] } })
  expect((await call(ingest, { token })).json.kafka).toMatchObject({
    configured: false,
    note: expect.stringContaining('KAFKA_BROKERS'),
  })
  const worker = await runWorker(
    { ...world.config, kafkaBrokers: 'none', batchMs: 50, logLevel: 'silent' },
    { onFatal: (error) => console.error(error) },
  )
  try {
    await worker.ready
    for (let i = 0; i < 400; i++) {
      const [row] = await world.db.execute<{ n: string }>(sql`select count(*) as n from event where topic = 'http'`)
      if (Number(row?.n) === 2500) break
      await new Promise((done) => setTimeout(done, 50))
    }
    const rows = await world.db.execute<{ event_id: string; offset: string }>(
      sql`select event_id, "offset" from event order by "offset" limit 2`,
    )
    expect(rows.map((row) => row.event_id)).toEqual(['h-0', 'h-1'])
    const again = await call(post, { token, body: `${lines[0]}\n${training('h-2500')}` })
    expect(again.json).toMatchObject({ accepted: 1, rejected: [{ index: 0 }] })
  } finally {
    await worker.stop()
  }
})

it('answers probes and scrapes to anyone', async () => {
  expect(await call(healthz)).toMatchObject({ status: 200, json: { status: 'ok' } })
  const spam = await world.tx.models.byId('spam')
  await world.raise(flip(), spam?.key ?? 0)
  const { response } = await call(metrics)
  const text = await response.text()
  expect(response.headers.get('content-type')).toContain('text/plain')
  expect(text).toMatch(/^assay_alerts_open\{kind="poison.label_flip"\} 1$/m)
  expect(text).toMatch(/^assay_events_accepted 250[01]$/m)
  expect(text).toMatch(/^assay_http_requests_total\{method="POST",status="202"\} \d+$/m)
  expect(text).not.toContain('vendor-7')
})

it('describes itself, each call of it with an answer behind it', async () => {
  const { json } = await call(openapi)
  expect(json.openapi).toBe('3.1.0')
  const { readdirSync, statSync } = await import('node:fs')
  const served = new Set<string>()
  const walk = (folder: string, path: string) => {
    for (const name of readdirSync(folder)) {
      if (statSync(`${folder}/${name}`).isDirectory())
        walk(`${folder}/${name}`, `${path}/${name.replace(/\[(\w+)\]/, '{$1}')}`)
      else if (name === 'route.ts') served.add(path)
    }
  }
  walk('app/api/v1', '')
  for (const odd of ['/openapi.json', '/[...rest]']) served.delete(odd)
  expect([...served].sort()).toEqual(Object.keys(json.paths).sort())
  const text = JSON.stringify(json)
  const refs = [...text.matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name as string)
  expect(refs.length).toBeGreaterThan(20)
  for (const name of refs) expect(json.components.schemas).toHaveProperty(name)
  expect(text).not.toContain('"$schema"')
  expect(json.paths['/silences'].get).toMatchObject({ 'x-assay-status': 'planned' })
})

it('says 501 of what is agreed on and not built, 404 of what is not part of it', async () => {
  expect(await call(silences, { token })).toMatchObject({ status: 501, json: { type: 'urn:assay:problem:not-built' } })
  expect((await call(silences)).status).toBe(401)
  expect((await call(rest, { token })).status).toBe(404)
})
