import { sql } from 'drizzle-orm'
import { type Book, loadBook } from '@/db/book'
import type { Db } from '@/db/client'
import { identityRange } from '@/db/identity'
import type { AssayEvent } from '@/lib/event/types'
import { type EventRow, eventRowColumns, readEvent } from './event-row'

/** A stored event with its coordinates. */
export interface StoredEvent {
  readonly topic: string
  readonly partition: number
  readonly offset: number
  readonly seq: number
  readonly ingestedAt: Date
  readonly event: AssayEvent
}

interface ModelRef {
  readonly key: number
  readonly id: string
}

/** Events of a model with from ≤ seq < to, in order. Index: event_seq (BRIN) of each day. */
export async function eventsBySeq(
  db: Pick<Db, 'execute'>,
  model: ModelRef,
  book: Book,
  from: number,
  to: number,
): Promise<StoredEvent[]> {
  const rows = await db.execute<EventRow>(
    sql`select ${eventRowColumns} from event e where e.model_key = ${model.key} and e.seq >= ${from} and e.seq < ${to} order by e.seq`,
  )
  return rows.map((row) => stored(row, book, model))
}

const lookedThrough = 20_000
const mostLooks = 25

/** The latest training rows of a model, oldest first, of its last half a million events at most. Index: event_seq (BRIN) of each day. */
export async function latestTrainingRows(
  db: Pick<Db, 'execute' | 'select'>,
  model: ModelRef & { readonly nextSeq: number },
  limit: number,
): Promise<StoredEvent[]> {
  const book = await loadBook(db, model.key)
  const found: StoredEvent[] = []
  let to = model.nextSeq
  for (let look = 0; look < mostLooks && to > 0 && found.length < limit; look++) {
    const from = Math.max(0, to - lookedThrough)
    const rows = await db.execute<EventRow>(
      sql`select ${eventRowColumns} from event e where e.model_key = ${model.key} and e.seq >= ${from} and e.seq < ${to} and e.type = 3
        order by e.seq desc limit ${limit - found.length}`,
    )
    for (const row of rows) found.push(stored(row, book, model))
    to = from
  }
  return found.reverse()
}

/** Sequence numbers from the first to behind the last of a model's events in a stretch of event time; null where there are none. Scans its events. */
export async function seqsBetween(
  db: Pick<Db, 'execute'>,
  modelKey: number,
  from: Date,
  to: Date,
): Promise<{ from: number; to: number } | null> {
  const [row] = await db.execute<{ first: string | null; last: string | null }>(
    sql`select min(seq) as first, max(seq) as last from event where model_key = ${modelKey}
      and "time" >= ${from.toISOString()}::timestamptz and "time" <= ${to.toISOString()}::timestamptz`,
  )
  return row?.first == null || row.last == null ? null : { from: Number(row.first), to: Number(row.last) + 1 }
}

/** Events of a model by their ids (an id may have come from several sources). Index: the primary key of event_key, then event_offset (BRIN) of one day. */
export async function eventsById(
  db: Pick<Db, 'execute' | 'select'>,
  model: ModelRef,
  ids: readonly string[],
): Promise<StoredEvent[]> {
  if (ids.length === 0) return []
  const ranges = ids.map(identityRange)
  const keys = await db.execute<{ ingested_at: string; partition: number; offset: string }>(
    sql`select k.ingested_at::text as ingested_at, k.partition, k."offset"
      from jsonb_array_elements(${JSON.stringify(ranges)}::jsonb) r
      join event_key k on k.hash >= (r ->> 0)::uuid and k.hash <= (r ->> 1)::uuid`,
  )
  const wanted = new Set(ids)
  const found: StoredEvent[] = []
  const book = await loadBook(db, model.key)
  // One query a moment of ingest: a batch shares it, so the day and the block range are known exactly.
  const moments = byMoment(keys)
  for (const [at, some] of moments) {
    const offsets = `{${some.map((key) => key.offset).join(',')}}`
    const rows = await db.execute<EventRow>(
      sql`select ${eventRowColumns} from event e where e.ingested_at = ${at}::timestamptz and e."offset" = any(${offsets}::bigint[]) and e.model_key = ${model.key}`,
    )
    for (const row of rows) if (wanted.has(row.event_id)) found.push(stored(row, book, model))
  }
  return found
}

/** The event at a coordinate, if it was accepted. Index: event_offset (BRIN) of each day. */
export async function eventAt(
  db: Pick<Db, 'execute' | 'select'>,
  at: { topic: string; partition: number; offset: number },
): Promise<StoredEvent | null> {
  const [row] = await db.execute<EventRow & { model_key: number; model: string }>(
    sql`select ${eventRowColumns}, e.model_key, m.id as model from event e join model m on m.key = e.model_key
      where e."offset" = ${at.offset} and e.topic = ${at.topic} and e.partition = ${at.partition}`,
  )
  if (!row) return null
  return stored(row, await loadBook(db, row.model_key), { key: row.model_key, id: row.model })
}

function stored(row: EventRow, book: Book, model: ModelRef): StoredEvent {
  return {
    topic: row.topic,
    partition: row.partition,
    offset: Number(row.offset),
    seq: Number(row.seq),
    ingestedAt: new Date(row.ingested_ms),
    event: readEvent(row, book, model.id),
  }
}

function byMoment<K extends { ingested_at: string }>(keys: Iterable<K>): Map<string, K[]> {
  const moments = new Map<string, K[]>()
  for (const key of keys) {
    const same = moments.get(key.ingested_at)
    if (same) same.push(key)
    else moments.set(key.ingested_at, [key])
  }
  return moments
}
