import { inArray, sql } from 'drizzle-orm'
import { loadBook } from '@/db/book'
import type { Db } from '@/db/client'
import { model } from '@/db/schema'
import { takeDecisions } from '@/ingest/model/baseline-steps'
import { takeGolden } from '@/ingest/model/golden-steps'
import { catchUp, loadModel, type ModelRow } from '@/ingest/model/load'
import type { Monitors } from '@/ingest/model/monitors'
import type { Watched } from '@/ingest/model/watched'

/** The models that this worker has in memory. */
export type Memory = Map<string, Watched>

/**
 * Makes the rows of models that were never seen, and brings to memory those that are not there: before the transaction of a batch, because a long
 * catch-up must hold nobody up.
 */
export async function loadModels(
  db: Pick<Db, 'insert' | 'select' | 'execute'>,
  memory: Memory,
  ids: readonly string[],
  monitors?: Monitors,
): Promise<void> {
  const missing = ids.filter((id) => !memory.has(id))
  if (missing.length === 0) return
  await db
    .insert(model)
    .values(missing.map((id) => ({ id })))
    .onConflictDoNothing()
  for (const row of await db.select(columns).from(model).where(inArray(model.id, missing)))
    memory.set(row.id, await loadModel(db, row, monitors))
}

/**
 * Takes the rows of these models until the transaction ends, so that their sequence numbers are given out by one worker at a time, and brings each up
 * to its last stored event: another worker may have taken some. What was decided about their baselines counts from here on.
 */
export async function holdModels(
  db: Pick<Db, 'select' | 'update' | 'execute'>,
  memory: Memory,
  ids: readonly string[],
  monitors?: Monitors,
): Promise<Watched[]> {
  if (ids.length === 0) return []
  const rows = await db
    .select(columns)
    .from(model)
    .where(inArray(model.id, [...ids]))
    .orderBy(model.key)
    .for('no key update')
  const held: Watched[] = []
  for (const row of rows) {
    const watched = await upToDate(db, memory.get(row.id), row, monitors)
    memory.set(row.id, watched)
    held.push(watched)
  }
  await takeDecisions(db, held, monitors)
  await takeGolden(db, held, monitors)
  return held
}

async function upToDate(
  db: Pick<Db, 'select' | 'execute'>,
  known: Watched | undefined,
  row: ModelRow,
  monitors?: Monitors,
): Promise<Watched> {
  // A model without events takes the configuration as it is now; one that has events keeps that of its monitor.
  if (!known || row.nextSeq === 0 || known.windowMs !== row.windowMs || known.seq > row.nextSeq)
    return loadModel(db, row, monitors)
  if (known.seq === row.nextSeq) return known
  // The events of others may use words and slots that this worker has not seen.
  const watched = { ...known, book: await loadBook(db, row.key) }
  await catchUp(db, watched, row.nextSeq, monitors)
  return watched
}

const columns = { key: model.key, id: model.id, config: model.config, nextSeq: model.nextSeq, windowMs: model.windowMs }

/** Moves the models' sequence numbers on. @throws when a row is not where it was taken: it is held, so that is a fault of this code. */
export async function swapSequences(
  db: Pick<Db, 'execute'>,
  moves: readonly { key: number; from: number; to: number; windowMs: number | null; firstMs: number; lastMs: number }[],
  now: Date,
): Promise<void> {
  const result = await db.execute(sql`update model m
    set next_seq = v."to", window_ms = v."windowMs",
      first_event_at = least(m.first_event_at, to_timestamp(v."firstMs" / 1000.0)),
      last_event_at = greatest(m.last_event_at, to_timestamp(v."lastMs" / 1000.0)),
      last_ingested_at = ${now.toISOString()}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(moves)}::jsonb) as v(key int, "from" bigint, "to" bigint, "windowMs" bigint, "firstMs" float8, "lastMs" float8)
    where m.key = v.key and m.next_seq = v."from"`)
  if (result.count !== moves.length) throw new Error('a model that this transaction holds has moved')
}
