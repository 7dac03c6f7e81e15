import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Handler } from '@/app/api/_http/route'
import { model } from '@/db/schema'
import { txOver } from '@/db/tx'
import { assayItself, contextFor } from '@/lib/access/context-for'
import { makeRuntime, type Runtime, swapRuntime } from '@/lib/access/runtime'
import type { Scope } from '@/lib/access/verbs'
import type { Finding } from '@/lib/alert/finding'
import { loadConfig } from '@/lib/config'
import { raiseFinding } from '@/lib/incident/raise'
import { createToken } from '@/lib/token/create'
import { freshDatabase } from '@/test/fixture/services'

export const baseUrl = 'http://127.0.0.1:4600'

/** The API over a real, fresh database, its handlers called as Next would call them. */
export async function apiWorld(env: Record<string, string> = {}) {
  const home = mkdtempSync(join(tmpdir(), 'assay-api-'))
  const database = await freshDatabase()
  const config = loadConfig({
    DATABASE_URL: database.url,
    ASSAY_HOME: home,
    KAFKA_BROKERS: 'none',
    ASSAY_SECRET: 'x'.repeat(40),
    ...env,
  })
  const runtime: Runtime = makeRuntime(config)
  const before = swapRuntime(runtime)
  const { db } = runtime.connection

  return {
    config: { ...config, databaseUrl: database.url },
    db,
    runtime,
    tx: txOver(db),
    ctx: (now?: Date) => contextFor(assayItself, db, now ? { now } : {}),
    async token(scopes: Scope[], models?: string[], days?: number): Promise<string> {
      const input = {
        name: `test-${scopes.join('-')}`,
        scopes,
        ...(models ? { models } : {}),
        ...(days ? { days } : {}),
      }
      return (await createToken(contextFor(assayItself, db), input)).secret
    },
    async model(id: string): Promise<number> {
      const [row] = await db
        .insert(model)
        .values({
          id,
          nextSeq: 5000,
          windowMs: 3_600_000,
          baselineReady: true,
          lastIngestedAt: new Date(),
          firstEventAt: new Date('2026-11-01T00:00:00Z'),
          lastEventAt: new Date('2026-11-03T00:00:00Z'),
        })
        .returning()
      if (!row) throw new Error('no row')
      return row.key
    },
    raise: (finding: Finding, modelKey: number, now = new Date()) =>
      db.transaction((inner) => raiseFinding(txOver(inner), finding, { seq: finding.eventIndex, modelKey, now })),
    async close() {
      swapRuntime(before)
      await runtime.connection.close()
      await database.drop()
      rmSync(home, { recursive: true, force: true })
    },
  }
}
export type ApiWorld = Awaited<ReturnType<typeof apiWorld>>

interface Asked {
  token?: string
  method?: string
  query?: string
  params?: Record<string, string>
  body?: unknown
  headers?: Record<string, string>
  signal?: AbortSignal
}

/** Calls a route's handler. A string body is sent as it is. */
export async function call(handler: Handler, asked: Asked = {}) {
  const {
    token,
    method = asked.body === undefined ? 'GET' : 'POST',
    query = '',
    params = {},
    body,
    headers = {},
    signal,
  } = asked
  const request = new Request(`${baseUrl}/api/v1/x${query}`, {
    method,
    headers: { host: '127.0.0.1:4600', ...(token ? { authorization: `Bearer ${token}` } : {}), ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    ...(signal ? { signal } : {}),
  })
  const response = await handler(request, { params: Promise.resolve(params) })
  const text = response.headers.get('content-type')?.includes('json') ? await response.text() : ''
  // biome-ignore lint/suspicious/noExplicitAny: answers are looked into as a client would.
  return { status: response.status, response, json: (text ? JSON.parse(text) : null) as any }
}

export const flip = (over: Partial<Finding> = {}): Finding => ({
  type: 'finding',
  id: 'f-0000000000000001',
  eventIndex: 4100,
  model: 'spam',
  kind: 'poison.label_flip',
  severity: 'critical',
  incident: 'i-0000000000000001',
  subject: { origin: 'vendor-7', label: 'ham', eventIds: ['t-1', 't-2'] },
  onsetIndex: 4000,
  onsetAt: '2026-11-02T10:00:00Z',
  firedAt: '2026-11-02T12:00:00Z',
  evidence: { logE: 14.2, threshold: 9.2, effect: 0.41, n: 63 },
  effectUnit: 'share of rows',
  verdict: 'poisoning',
  why: 'vendor-7 labels 61 % of its rows against the model, 4 % elsewhere',
  test: 'the others agree with the model',
  ...over,
})

export const shift = (over: Partial<Finding> = {}): Finding =>
  flip({
    id: 'f-0000000000000002',
    incident: 'i-0000000000000002',
    kind: 'drift.feature',
    severity: 'warning',
    subject: { feature: 'temp' },
    verdict: 'benign-shift',
    why: 'temp rose by 1.2 σ',
    effectUnit: 'σ',
    comparison: { bins: [0, 1], reference: [0.5, 0.5], current: [0.1, 0.9], unit: 'numeric' },
    ...over,
  })
