import type postgres from 'postgres'
import { expect } from 'vitest'
import { loadBook } from '@/db/book'
import { connect } from '@/db/client'
import { eventsBySeq } from '@/db/queries/events'
import { readSketches } from '@/db/queries/sketches'
import { addValue, emptySketch, type FeatureSketch } from '@/lib/stats/sketch'

/** What must hold whatever was killed: nothing lost, nothing doubled, sums equal to a recomputation. @param produced messages of each partition. */
export async function expectInvariants(
  url: string,
  sql: postgres.Sql,
  topic: string,
  produced: readonly number[],
): Promise<void> {
  const partitions = await sql`
    select c.partition, count(*)::int as n, count(distinct c."offset")::int as distinct_n, min(c."offset")::int as first, max(c."offset")::int as last, o.next::int as next
    from (select topic, partition, "offset" from event union all select topic, partition, "offset" from dead_letter) c
    join ingest_offset o using (topic, partition) where topic = ${topic} group by c.partition, o.next order by c.partition`
  expect([...partitions]).toEqual(
    produced.map((n, partition) => ({ partition, n, distinct_n: n, first: 0, last: n - 1, next: n })),
  )
  expect(await sql`select 1 from gap`).toHaveLength(0)

  const [keys] =
    await sql`select (select count(*) from event_key)::int as keys, (select count(*) from event)::int as events`
  expect(keys?.keys).toBe(keys?.events)
  const doubled = await sql`select source, event_id from event group by 1, 2 having count(*) > 1`
  expect(doubled).toHaveLength(0)

  const models = await sql<{ id: string; key: number; n: number; first: number; last: number; next: number }[]>`
    select m.id, m.key, count(distinct e.seq)::int as n, min(e.seq)::int as first, max(e.seq)::int as last, m.next_seq::int as next
    from model m join event e on e.model_key = m.key group by m.id, m.key`
  const { db, close } = connect(url, { max: 2 })
  for (const model of models) {
    expect(model).toMatchObject({ first: 0, last: model.n - 1, next: model.n })
    const events = await eventsBySeq(db, model, await loadBook(db, model.key), 0, model.n)
    expect(events).toHaveLength(model.n)
    for (const stream of ['prediction', 'training'] as const) {
      const again = new Map<string, FeatureSketch>()
      let rows = 0
      for (const { event } of events) {
        if (event.type !== `ml.${stream}.v1`) continue
        rows++
        for (const [name, value] of Object.entries((event.data as { features: Record<string, number> }).features)) {
          const sketch = again.get(name) ?? emptySketch()
          again.set(name, sketch)
          addValue(sketch, value)
        }
      }
      const windows = await readSketches(db, {
        modelKey: model.key,
        stream,
        from: new Date(0),
        to: new Date('2100-01-01'),
      })
      expect(windows.reduce((sum, window) => sum + window.rows, 0)).toBe(rows)
      for (const [name, sketch] of again) {
        const bins = new Map<number, number>()
        for (const window of windows)
          for (const [bin, count] of window.sketches.get(name)?.numbers ?? [])
            bins.set(bin, (bins.get(bin) ?? 0) + count)
        expect([...bins].sort()).toEqual([...sketch.numbers].sort())
      }
    }
  }
  await close()
}
