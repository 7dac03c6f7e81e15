import { afterEach, expect, it } from 'vitest'
import { hashUniform } from '@/lib/stats/hash-uniform'
import { type Harness, harness } from './ingest-harness'

let h: Harness
afterEach(() => h.end())

const startMs = Date.UTC(2026, 0, 1)
const normal = (n: number) =>
  Math.sqrt(-2 * Math.log(hashUniform('adopt/a', n))) * Math.cos(2 * Math.PI * hashUniform('adopt/b', n))
const at = (t: number) => new Date(startMs + t * 10_000).toISOString()
/** Standard normal, a standard deviation higher in rows 3,000 to 5,999, then back. */
const lines = Array.from({ length: 8000 }, (_, t) =>
  JSON.stringify({
    specversion: '1.0',
    id: `p-${t}`,
    source: '/m',
    type: 'ml.prediction.v1',
    time: at(t),
    data: {
      model: 'm',
      version: '1',
      features: { x: Number((normal(t) + (t >= 3000 && t < 6000 ? 1 : 0)).toFixed(4)) },
      prediction: 'yes',
    },
  }),
)

async function feed(from: number, to: number): Promise<void> {
  await h.send(lines.slice(from, to).map((value) => ({ value })))
  await h.settled(to)
}

async function decide(what: 'level' | 'range', fromRow: number, toRow: number): Promise<void> {
  const subject = what === 'level' ? { feature: 'x' } : {}
  await h.sql`insert into baseline_decision (id, model_key, what, subject, from_at, to_at, seq, decided_by, decided_at)
    select 'd-1', key, ${what}, ${h.sql.json(subject)}, ${at(fromRow)}, ${at(toRow)}, next_seq, 'someone', now() from model where id = 'm'`
}

const onsets = async () =>
  (await h.sql<{ onset: number }[]>`select (body->>'onsetIndex')::int as onset from finding order by 1`).map((row) =>
    Math.round(row.onset / 500),
  )

it.each(['level', 'range'] as const)(
  'takes on an adopted %s before the next event, and again at the same place after a restart',
  async (what) => {
    h = await harness()
    const config = { config: { batchRows: 500, snapshotEvents: 100_000 } }
    const first = await h.worker(config)
    await feed(0, 5000)
    expect(await onsets()).toEqual([6])
    await decide(what, 3000, 4999)
    await feed(5000, 5500)
    const [decision] = await h.sql`select applied_seq::int as applied from baseline_decision`
    expect(decision?.applied).toBe(5000)
    await first.stop()
    // No snapshot: everything is read again, the decision in its place.
    await h.sql`delete from monitor_snapshot`
    await h.worker(config)
    await feed(5500, 8000)
    // Back to where it was: a change now.
    expect(await onsets()).toEqual([6, 12])
  },
  120_000,
)
