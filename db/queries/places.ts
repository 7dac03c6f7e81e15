import { sql } from 'drizzle-orm'
import type { Rows } from '@/db/tx'

/**
 * The place of a time among a model's events: the first sequence number at which the event time has come so far, by halving, since events arrive
 * nearly in the order of their time. `count`: events of the model. Index: event_seq (BRIN) of each day, some 25 probes.
 */
export async function seqAtTime(db: Rows, modelKey: number, count: number, at: Date): Promise<number> {
  let low = 0
  let high = count
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    const [row] = await db.execute<{ ms: number }>(
      sql`select (extract(epoch from e.time) * 1000)::float8 as ms from event e
        where e.model_key = ${modelKey} and e.seq = ${middle}`,
    )
    if (row && row.ms < at.getTime()) low = middle + 1
    else high = middle
  }
  return low
}

/** The sequence number, in its model, of the first event at or beyond an offset, before `seq`. Index: event_offset (BRIN). */
export async function seqAtOffset(
  db: Rows,
  modelKey: number,
  offset: number,
  before: number,
  after = 0,
): Promise<number | null> {
  const [row] = await db.execute<{ seq: string | null }>(
    sql`select min(e.seq) as seq from event e
      where e.model_key = ${modelKey} and e."offset" >= ${offset} and e.seq >= ${after} and e.seq <= ${before}`,
  )
  return row?.seq === null || row?.seq === undefined ? null : Number(row.seq)
}

export const placeQueries = (db: Rows) => ({
  seqAtTime: (modelKey: number, count: number, at: Date) => seqAtTime(db, modelKey, count, at),
  seqAtOffset: (modelKey: number, offset: number, before: number, after?: number) =>
    seqAtOffset(db, modelKey, offset, before, after),
})
