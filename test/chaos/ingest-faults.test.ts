import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, it } from 'vitest'
import { type Harness, harness, training } from '../integration/ingest-harness'
import { expectInvariants } from './invariants'
import { startWorkerChild, type WorkerChild } from './worker-child'

const partitions = 2
let h: Harness
const children: WorkerChild[] = []

afterEach(async () => {
  for (const child of children.splice(0)) {
    child.process.kill('SIGKILL')
    await child.exited
  }
  await h.end()
})

/** Events of a few models with a bad message or a duplicate among them now and then. @returns how many went to each partition. */
async function produce(count: number): Promise<number[]> {
  const sent = new Array<number>(partitions).fill(0)
  for (let i = 0; i < count; i += 500) {
    const messages = Array.from({ length: Math.min(500, count - i) }, (_, k) => {
      const n = i + k
      const partition = n % partitions
      sent[partition] = (sent[partition] ?? 0) + 1
      const id = n % 97 === 96 ? `e-${n - 2}` : `e-${n}`
      const value =
        n % 53 === 52
          ? `broken ${n}`
          : training(id, { model: `m${n % 4}`, features: { x: n % 1000, y: (n % 10) / 10, c: `c${n % 7}` } })
      return { partition, value }
    })
    await h.send(messages)
  }
  return sent
}

const slowly = () => ({ ...h.config, batchRows: 200, batchMs: 20, snapshotEvents: 1500, logLevel: 'warn' })

function child(): WorkerChild {
  const started = startWorkerChild(slowly())
  children.push(started)
  return started
}

async function stored(): Promise<number> {
  const [row] = await h.sql`select coalesce(sum(next), 0)::int as n from ingest_offset`
  return row?.n ?? 0
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 150_000
  while (!(await condition())) {
    if (Date.now() > deadline)
      throw new Error(`not in time; children said: ${children.map((one) => one.errors().slice(-2000)).join('\n')}`)
    await sleep(20)
  }
}

it('loses and doubles nothing when the worker is killed mid-batch, again and again', async () => {
  h = await harness({ partitions })
  const produced = await produce(16_000)
  for (let kills = 0; kills < 4; kills++) {
    const before = await stored()
    const victim = child()
    await until(async () => (await stored()) > before)
    await sleep(30 * kills)
    victim.process.kill('SIGKILL')
    expect(await victim.exited).toBe('SIGKILL')
  }
  expect(await stored()).toBeLessThan(16_000)
  const last = child()
  await until(async () => (await stored()) === 16_000)
  last.process.kill('SIGTERM')
  expect(await last.exited).toBe(0)
  await expectInvariants(h.url, h.sql, h.topic, produced)
}, 300_000)

it('fences a worker that was stopped, when it wakes after another took its partitions', async () => {
  h = await harness({ partitions })
  const produced = await produce(12_000)
  const zombie = child()
  await until(async () => (await stored()) > 400)
  zombie.process.kill('SIGSTOP')
  const heir = child()
  await heir.ready
  const before = await stored()
  await until(async () => (await stored()) > before)
  zombie.process.kill('SIGCONT')
  await until(async () => (await stored()) === 12_000)
  await sleep(300)
  await expectInvariants(h.url, h.sql, h.topic, produced)
}, 300_000)

it('ends when its backend is terminated, and its successor goes on', async () => {
  h = await harness({ partitions })
  const produced = await produce(10_000)
  for (let i = 0; i < 2; i++) {
    const victim = child()
    const before = await stored()
    await until(async () => (await stored()) > before)
    await h.sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'assay-worker/%' and datname = current_database()`
    expect(await victim.exited).toBe(1)
  }
  child()
  await until(async () => (await stored()) === 10_000)
  await expectInvariants(h.url, h.sql, h.topic, produced)
}, 300_000)
