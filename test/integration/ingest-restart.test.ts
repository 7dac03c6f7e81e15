import { afterEach, expect, it } from 'vitest'
import { type ReplayLine, replay } from '@/ingest/replay'
import type { Finding } from '@/lib/alert/finding'
import { madeStream } from '../fixture/streams'
import { type Harness, harness } from './ingest-harness'

let h: Harness
afterEach(() => h.end())

/** One change of the world and one attack, enough of both to be found. */
const lines = madeStream({ seed: 'restart', rows: 4000, shiftAt: 2600, flipAt: 2500 }).map((event) =>
  JSON.stringify(event),
)

async function replayed(): Promise<Finding[]> {
  const findings: Finding[] = []
  async function* file() {
    yield Buffer.from(lines.map((line) => `${line}\n`).join(''))
  }
  await replay(file(), { config: { models: {} }, golden: new Map() as never, scores: false }, (line: ReplayLine) => {
    if (line.type === 'finding') findings.push(line)
  })
  return findings
}

async function raised(): Promise<Finding[]> {
  const rows = await h.sql<{ body: Finding }[]>`select body from finding order by (body->>'eventIndex')::bigint, id`
  return rows.map(({ body }) => body)
}

const ordered = (findings: readonly Finding[]) =>
  [...findings].sort((a, b) => a.eventIndex - b.eventIndex || (a.id < b.id ? -1 : 1))

it('raises live what replay finds, through orderly and unexpected restarts, batch by batch of any size', async () => {
  const expected = ordered(await replayed())
  expect(expected.length).toBeGreaterThan(0)
  h = await harness()
  // Restarts fall between snapshots: what came after one is read again from Postgres.
  let sent = 0
  for (const [batchRows, upTo] of [
    [173, 3000],
    [997, 7500],
    [5000, 9000],
  ] as const) {
    await h.send(lines.slice(sent, upTo).map((value) => ({ value })))
    sent = upTo
    const worker = await h.worker({ config: { batchRows, snapshotEvents: 1100 } })
    await h.settled(upTo)
    await worker.stop()
    // As after a crash: no snapshot from the end, only those taken on the way.
    await h.sql`delete from monitor_snapshot s where seq = (select max(seq) from monitor_snapshot where model_key = s.model_key) and seq % 1100 <> 0`
  }
  await h.send(lines.slice(sent).map((value) => ({ value })))
  await h.worker()
  await h.settled(lines.length)
  expect(await raised()).toEqual(expected)
  const [alerts] = await h.sql`select count(*)::int as n from alert`
  expect(alerts?.n).toBe(expected.length)
}, 120_000)

it('comes to the same findings from the first event, where no snapshot can be used', async () => {
  const expected = ordered(await replayed())
  h = await harness()
  const half = 9000
  await h.send(lines.slice(0, half).map((value) => ({ value })))
  const worker = await h.worker()
  await h.settled(half)
  await worker.stop()
  await h.sql`delete from monitor_snapshot`
  await h.send(lines.slice(half).map((value) => ({ value })))
  await h.worker()
  await h.settled(lines.length)
  expect(await raised()).toEqual(expected)
}, 120_000)
