import { spawn } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterEach, expect, it } from 'vitest'
import { backtestDetail } from '@/app/api/_openapi/backtest-schemas'
import { connect } from '@/db/client'
import { replay } from '@/ingest/replay'
import { assayItself, contextFor } from '@/lib/access/context-for'
import type { Finding } from '@/lib/alert/finding'
import { cancelBacktest } from '@/lib/backtest/cancel'
import { listBacktests, readBacktest } from '@/lib/backtest/read'
import { runBacktest } from '@/lib/backtest/run'
import { startBacktest } from '@/lib/backtest/start'
import { madeStream } from '../fixture/streams'
import { type Harness, harness } from './ingest-harness'

let h: Harness
let connection: ReturnType<typeof connect>
afterEach(async () => {
  await connection?.close()
  await h.end()
})

/** A shift of the world in one model and an attack on another, in one partition. */
const lines = madeStream({ seed: 'restart', rows: 4000, shiftAt: 2600, flipAt: 2500 }).map((event) =>
  JSON.stringify(event),
)

async function stored() {
  h = await harness()
  connection = connect(h.url, { max: 3 })
  await h.send(lines.map((value) => ({ value })))
  await h.worker({ config: { batchRows: 1700 } })
  await h.settled(lines.length)
  const ctx = () => contextFor(assayItself, connection.db)
  const backtest = async (input: Parameters<typeof startBacktest>[1]) => {
    const progress: number[] = []
    const run = await startBacktest(ctx(), input)
    await runBacktest(ctx(), run, ({ done, total }) => progress.push(done / total))
    return { progress, ...(await readBacktest(ctx(), { id: input.id, run: run.id })) }
  }
  return { ctx, backtest }
}

async function replayed(model: string): Promise<string[]> {
  const ids: string[] = []
  async function* file() {
    yield Buffer.from(lines.map((line) => `${line}\n`).join(''))
  }
  await replay(file(), { config: { models: {} }, golden: new Map(), scores: false }, (line) => {
    if (line.type === 'finding' && line.model === model) ids.push(line.id)
  })
  return ids
}

it('raises in a backtest what live raised and what a replay finds: the same findings', async () => {
  const { backtest } = await stored()
  for (const model of ['rain', 'spam']) {
    const live = await h.sql<{ id: string }[]>`
      select f.id from finding f join model m on m.key = f.model_key where m.id = ${model} order by f.seq, f.id`
    const expected = live.map(({ id }) => id)
    expect(expected.length).toBeGreaterThan(0)
    const run = await backtest({ id: model })
    expect(run.state).toBe('done')
    const { progress: _, ...answer } = run
    expect(backtestDetail.parse(answer)).toEqual(answer)
    expect(run.result?.alarms.map((alarm) => alarm.id)).toEqual(expected)
    expect(await replayed(model)).toEqual(expected)
    expect(run.result?.live.map(({ findingId, found }) => [findingId, found])).toEqual(expected.map((id) => [id, true]))
    expect(run.progress.at(0)).toBe(0)
    expect(run.progress.at(-1)).toBe(1)
    for (const alarm of run.result?.alarms ?? []) {
      expect(alarm.delayEvents).toBeGreaterThan(0)
      expect(alarm.delayMs).toBe(Date.parse(alarm.firedAt) - Date.parse(alarm.onsetAt))
    }
  }
  const [stays] = await h.sql<{ n: number }[]>`select count(*)::int as n from alert`
  const [raised] = await h.sql<{ n: number }[]>`select count(*)::int as n from finding`
  expect(stays?.n).toBe(raised?.n)
}, 120_000)

it('runs another configuration over a part of the past, and says what was promised and what came of it', async () => {
  const { ctx, backtest } = await stored()
  const strict = await backtest({ id: 'rain', config: { budget: { falseIncidents: 1, perEvents: 1000 } } })
  // 4,000 predictions and their labels: eight periods of 1,000 events.
  expect(strict.result?.rates).toMatchObject({ promised: 1, perEvents: 1000, perDays: null, periods: 8, real: 0 })
  const { ifNotReal, incidents } = strict.result?.rates ?? {}
  expect(ifNotReal?.value).toBe((incidents ?? 0) / 8)

  const part = await backtest({ id: 'rain', from: '2026-01-01T10:00:00Z', to: '2026-01-02T09:59:00Z' })
  // One prediction and one label a minute, both ends in it.
  expect(part.total).toBe(2 * 24 * 60)
  expect(part.result).toMatchObject({ fromAt: '2026-01-01T10:00:00.000Z', toAt: '2026-01-02T09:59:00.000Z' })

  // Someone closes the incident as a false alarm: the same run, read again, knows.
  await h.sql`update incident set state = 'resolved', resolution = 'false-alarm' where model_key = (select key from model where id = 'rain')`
  const whole = await backtest({ id: 'rain' })
  const again = await readBacktest(ctx(), { id: 'rain', run: whole.id })
  expect(again.result?.rates.falseAlarm).toBe(again.result?.rates.incidents)
  expect(again.result?.rates.notSaid).toBe(0)
  expect((await listBacktests(ctx(), { id: 'rain' })).items.map(({ state }) => state)).toEqual(['done', 'done', 'done'])
}, 120_000)

it('runs one at a time a model, ends when it is cancelled, and does not wait for a process that is gone', async () => {
  const { ctx } = await stored()
  const first = await startBacktest(ctx(), { id: 'rain' })
  await expect(startBacktest(ctx(), { id: 'rain' })).rejects.toThrow('a backtest of rain is running')
  await startBacktest(ctx(), { id: 'spam' })
  expect((await cancelBacktest(ctx(), { id: 'rain', run: first.id })).state).toBe('cancelled')
  expect(await runBacktest(ctx(), first)).toBeNull()
  expect(await readBacktest(ctx(), { id: 'rain', run: first.id })).toMatchObject({ state: 'cancelled', result: null })

  const lost = await startBacktest(ctx(), { id: 'rain' })
  await h.sql`update backtest set heard_at = now() - interval '5 minutes' where id = ${lost.id}`
  expect((await readBacktest(ctx(), { id: 'rain', run: lost.id })).state).toBe('failed')
  await startBacktest(ctx(), { id: 'rain' })
  await expect(startBacktest(ctx(), { id: 'rain', from: '2030-01-01T00:00:00Z' })).rejects.toThrow('no stored event')
  const audited = await h.sql<{ n: number }[]>`select count(*)::int as n from audit where verb = 'model.backtest'`
  // Four starts, one cancellation.
  expect(audited[0]?.n).toBe(5)
}, 120_000)

it('is a command too: the findings as a replay prints them, then what was promised and what came of it', async () => {
  await stored()
  const run = async (...args: string[]) => {
    const child = spawn(process.execPath, ['bin/run.mjs', 'backtest', ...args], {
      cwd: resolve(import.meta.dirname, '../..'),
      env: { ...process.env, DATABASE_URL: h.url, ASSAY_HOME: join(tmpdir(), 'assay-backtest-none') },
    })
    const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)])
    const code = child.exitCode ?? (await new Promise((done) => child.once('exit', done)))
    return { code, err, lines: out.split('\n').filter((line) => line.startsWith('{')) }
  }
  const { code, err, lines } = await run('--model', 'rain')
  expect([code, err]).toEqual([0, ''])
  const [finding, ...rest] = lines.map((line) => JSON.parse(line))
  const [live] = await h.sql<{ body: Finding }[]>`
    select body from finding f join model m on m.key = f.model_key where m.id = 'rain'`
  if (!live) throw new Error('live raised nothing')
  const { comparison: _, ...said } = live.body
  expect(finding).toMatchObject(said)
  expect(rest.at(-1)).toMatchObject({
    type: 'summary',
    events: 8000,
    rates: { promised: 1, perDays: 30 },
    raisedLive: lines.length - 1,
  })
  const unusable = await run('--model', 'rain', '--from', 'yesterday')
  expect([unusable.code, unusable.lines]).toEqual([2, []])
  expect(unusable.err).toContain('--from')
  expect((await run('--model', 'nobody')).err).toContain('no model "nobody"')
}, 180_000)
