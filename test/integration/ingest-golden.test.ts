import { deflateRawSync } from 'node:zlib'
import { afterEach, expect, it } from 'vitest'
import { replay } from '@/ingest/replay'
import { seeded } from '@/lib/demo/seeded'
import { type Harness, harness } from './ingest-harness'

let h: Harness
afterEach(() => h.end())

const uniform = seeded(8)
const row = () => {
  const features = { a: Number((uniform() * 2 - 1).toFixed(4)), b: Number((uniform() * 2 - 1).toFixed(4)) }
  return { features, label: features.a + features.b > 0 ? 'spam' : 'ham' }
}
const golden = Array.from({ length: 300 }, row)
/** vendor-3 turns every spam to ham from row 1,200 on. */
const lines = Array.from({ length: 3000 }, (_, t) => {
  const { features, label } = row()
  const origin = `vendor-${t % 8}`
  return JSON.stringify({
    specversion: '1.0',
    id: `t-${t}`,
    source: '/m',
    type: 'ml.training.v1',
    time: new Date(Date.UTC(2026, 0, 1) + t * 60_000).toISOString(),
    data: {
      model: 'm',
      origin: { id: origin, kind: 'vendor' },
      features,
      label: origin === 'vendor-3' && t >= 1200 ? 'ham' : label,
    },
  })
})

async function feed(from: number, to: number): Promise<void> {
  await h.send(lines.slice(from, to).map((value) => ({ value })))
  await h.settled(to)
}

async function approve(): Promise<void> {
  const rows = deflateRawSync(golden.map((r) => JSON.stringify(r)).join('\n'))
  await h.sql`insert into model (id) values ('m') on conflict do nothing`
  await h.sql`insert into golden_set (id, model_key, hash, rows, count, labels, slices, audit, state, proposed_by_id, proposed_by, proposed_at, decided_at)
    select 'g-1', key, 'h', ${rows}, 300, '{}', '{}', '{"judged":0,"doubted":[],"atMost":null,"noticed":null}', 'approved', 'user/1', 'a', now(), now() from model where id = 'm'`
}

const findings = async () =>
  (await h.sql<{ body: object }[]>`select body from finding order by seq, id`).map(({ body }) => body)

async function replayed(withGolden: boolean): Promise<object[]> {
  const said: object[] = []
  async function* bytes() {
    yield Buffer.from(`${lines.join('\n')}\n`)
  }
  const rows = new Map(withGolden ? [['m', golden] as const] : [])
  await replay(bytes(), { config: { models: {} }, golden: rows, scores: false }, (line) => {
    if (line.type === 'finding') said.push(line)
  })
  return said
}

const config = { config: { batchRows: 500, snapshotEvents: 1000 } }

it('raises with a trusted set that was there from the start what a replay with it raises, counterfactual and all', async () => {
  h = await harness()
  await approve()
  await h.worker(config)
  await feed(0, 3000)
  const told = await findings()
  expect(told).toEqual(await replayed(true))
  expect(told[0]).toMatchObject({ subject: { origin: 'vendor-3' }, counterfactual: { golden: true } })
  const [{ n } = { n: 0 }] = await h.sql<
    { n: number }[]
  >`select count(*)::int as n from suspect_row where origin = 'vendor-3'`
  expect(n).toBeGreaterThan(5)
  const [standing] = await h.sql`select influence, reach, counterfactual from source_standing where origin = 'vendor-3'`
  expect(standing?.influence).toBeGreaterThan(0)
  expect(standing?.counterfactual).toMatchObject({ golden: true })
}, 120_000)

it('takes a trusted set on before the next event, and again at the same place after a restart', async () => {
  h = await harness()
  const first = await h.worker(config)
  await feed(0, 1000)
  await approve()
  await feed(1000, 1100)
  const [set] = await h.sql`select applied_seq::int as applied from golden_set`
  expect(set?.applied).toBe(1000)
  await first.stop()
  const [{ snapshot } = { snapshot: 0 }] = await h.sql<
    { snapshot: number }[]
  >`select max(seq)::int as snapshot from monitor_snapshot`
  expect(snapshot).toBeGreaterThanOrEqual(1000)
  const second = await h.worker(config)
  await feed(1100, 3000)
  const told = await findings()
  await second.stop()
  expect(told[0]).toMatchObject({ counterfactual: { golden: true } })

  // From the stored events alone: the same findings, raised again, are the same rows.
  await h.sql`delete from monitor_snapshot`
  await h.worker(config)
  await h.send([{ value: lines[0]?.replace('t-0', 't-more') ?? '' }])
  await h.settled(3001)
  expect(await findings()).toEqual(told)
}, 120_000)
