import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { brokerAnswers } from '@/lib/local/kafka-topics'
import { startPostgres } from '@/lib/local/postgres'
import { processMark } from '@/lib/local/process-mark.mjs'
import { until } from '@/lib/local/until'
import { jars } from '@/test/fixture/services'

const root = join(import.meta.dirname, '..', '..')
const patience = { withinMs: 30_000, everyMs: 100 }

interface Up {
  child: ChildProcess
  url: string
  broker: string
  own: { postgres: boolean; kafka: boolean }
}

/** Postgres and Kafka of this home, started by a process of their own, so that it can be killed. */
function bringUp(home: string): Promise<Up> {
  const args = ['--import', 'tsx', join(root, 'test/fixture/hold-services.ts'), home, jars()]
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['pipe', 'pipe', 'inherit'] })
  return new Promise((done, fail) => {
    createInterface(child.stdout).once('line', (line) => done({ child, ...JSON.parse(line) }))
    child.once('exit', (code) => fail(new Error(`exit code ${code}`)))
  })
}

const over = (child: ChildProcess) => new Promise((done) => child.once('exit', done))
const pidOf = (home: string, name: string): number =>
  JSON.parse(readFileSync(join(home, 'run', `${name}.json`), 'utf8')).pid

async function query(url: string, text: string): Promise<Record<string, unknown>[]> {
  const sql = postgres(url, { max: 1, connect_timeout: 2 })
  try {
    return await sql.unsafe(text)
  } finally {
    await sql.end({ timeout: 1 })
  }
}

describe('local services', () => {
  const home = mkdtempSync(join(tmpdir(), 'assay-local-'))
  let up: Up
  beforeAll(async () => {
    chmodSync(home, 0o711)
    up = await bringUp(home)
    await query(up.url, 'create table kept (n int); insert into kept values (41)')
  })
  afterAll(async () => {
    up.child.kill('SIGTERM')
    await over(up.child)
    rmSync(home, { recursive: true, force: true })
  })

  it('are joined, not started twice, by a second process of the home', async () => {
    const second = await bringUp(home)
    expect(second).toMatchObject({ url: up.url, broker: up.broker, own: { postgres: false, kafka: false } })
    second.child.kill('SIGTERM')
    await over(second.child)
    expect(await query(up.url, 'select n from kept')).toEqual([{ n: 41 }])
    expect(await brokerAnswers([up.broker])).toBe(true)
  })

  it('come back at the same address when they crash', async () => {
    const before = { postgres: pidOf(home, 'postgres'), kafka: pidOf(home, 'kafka') }
    process.kill(before.postgres, 'SIGKILL')
    process.kill(before.kafka, 'SIGKILL')
    const rows = await until(() => query(up.url, 'select n from kept').catch(() => undefined), patience)
    expect(rows).toEqual([{ n: 41 }])
    expect(await until(async () => (await brokerAnswers([up.broker])) || undefined, patience)).toBe(true)
    expect(pidOf(home, 'postgres')).not.toBe(before.postgres)
    expect(pidOf(home, 'kafka')).not.toBe(before.kafka)
  })

  it('that a killed process has left behind are ended, and start again with their data', async () => {
    const orphans = [pidOf(home, 'postgres'), pidOf(home, 'kafka')]
    up.child.kill('SIGKILL')
    await over(up.child)
    expect(orphans.map((pid) => processMark(pid) !== null)).toEqual([true, true])
    up = await bringUp(home)
    expect(up.own).toEqual({ postgres: true, kafka: true })
    expect(orphans.map((pid) => processMark(pid))).toEqual([null, null])
    expect(await query(up.url, 'select n from kept')).toEqual([{ n: 41 }])
  })

  it('never end a process whose number a pid file names by chance', async () => {
    up.child.kill('SIGTERM')
    await over(up.child)
    const stranger = spawn('sleep', ['60'])
    const running = { pid: stranger.pid, port: 1, owner: 999_999_999, ownerMark: 'gone' }
    for (const name of ['postgres', 'kafka']) writeFileSync(join(home, 'run', `${name}.json`), JSON.stringify(running))
    writeFileSync(join(home, 'postgres', 'postmaster.pid'), `${stranger.pid}\n`)
    up = await bringUp(home)
    expect(await query(up.url, 'select n from kept')).toEqual([{ n: 41 }])
    expect(processMark(stranger.pid as number)).not.toBeNull()
    stranger.kill()
  })

  it('take another port when someone else has theirs', async () => {
    up.child.kill('SIGTERM')
    await over(up.child)
    const taken = Number(new URL(up.url).port)
    const server = createServer().listen(taken, '127.0.0.1')
    up = await bringUp(home)
    server.close()
    expect(Number(new URL(up.url).port)).not.toBe(taken)
    expect(await query(up.url, 'select n from kept')).toEqual([{ n: 41 }])
  })
})

it.runIf(process.getuid?.() === 0)('keeps Postgres elsewhere when its user cannot reach the home', async () => {
  // As /root is: nobody else may pass.
  const closed = mkdtempSync(join(tmpdir(), 'assay-closed-'))
  chmodSync(closed, 0o700)
  const home = join(closed, 'home')
  const first = await startPostgres(home)
  await query(first.url, 'create table kept (n int)')
  await first.stop()
  const again = await startPostgres(home)
  expect(await query(again.url, 'select n from kept')).toEqual([])
  await again.stop()
  // A deleted home is a full reset.
  rmSync(home, { recursive: true })
  const anew = await startPostgres(home)
  expect(await query(anew.url, "select to_regclass('kept') as found")).toEqual([{ found: null }])
  await anew.stop()
  rmSync(join('/var/lib/assay', readFileSync(join(home, 'postgres.id'), 'utf8')), { recursive: true })
  rmSync(closed, { recursive: true })
})
