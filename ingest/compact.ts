import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import type { Db } from '@/db/client'
import { windowSketch } from '@/db/schema'
import { decodeInto, decodeSketches, encodeSketches } from '@/db/sketch-codec'
import type { SketchSet } from '@/lib/stats/sketch'

/** "sketch" in ASCII: one worker compacts at a time. */
const lockKey = 0x736b65746368
/** Windows a call: a call is short, and comes again. */
const maxKeys = 200

/**
 * Merges the rows of windows that have many into one each. Appending and merging give the same sums, so it may run at any time, beside the writers.
 * @returns rows that went away.
 */
export async function compactSketches(db: Db, minRows = 8): Promise<number> {
  return db.transaction(async (tx) => {
    const [lock] = await tx.execute<{ locked: boolean }>(sql`select pg_try_advisory_xact_lock(${lockKey}) as locked`)
    if (!lock?.locked) return 0
    // Rows that are being written now belong to a transaction that we cannot see: they stay beside the merged one.
    const keys = await tx
      .select({ modelKey: windowSketch.modelKey, stream: windowSketch.stream, windowAt: windowSketch.windowAt })
      .from(windowSketch)
      .groupBy(windowSketch.modelKey, windowSketch.stream, windowSketch.windowAt)
      .having(
        sql`count(*) >= ${minRows} and count(*) > count(distinct (${windowSketch.version}, ${windowSketch.origin}))`,
      )
      .limit(maxKeys)
    let gone = 0
    for (const key of keys) gone += await compactWindow(tx as unknown as Db, key)
    return gone
  })
}

async function compactWindow(
  db: Db,
  key: { modelKey: number; stream: 'prediction' | 'training' | 'label'; windowAt: Date },
): Promise<number> {
  const rows = await db
    .select()
    .from(windowSketch)
    .where(
      and(
        eq(windowSketch.modelKey, key.modelKey),
        eq(windowSketch.stream, key.stream),
        eq(windowSketch.windowAt, key.windowAt),
      ),
    )
    .orderBy(asc(windowSketch.id))
  const merged = new Map<string, (typeof rows)[number] & { set: SketchSet }>()
  for (const row of rows) {
    const part = JSON.stringify([row.version, row.origin])
    const into = merged.get(part)
    if (!into) {
      merged.set(part, { ...row, set: decodeSketches(row.sketches) })
      continue
    }
    into.rows += row.rows
    into.errors += row.errors
    into.labelled += row.labelled
    decodeInto(into.set, row.sketches)
  }
  const kept = [...merged.values()]
  for (const { id, set, rows: count, errors, labelled } of kept) {
    await db
      .update(windowSketch)
      .set({ rows: count, errors, labelled, sketches: encodeSketches(set) })
      .where(eq(windowSketch.id, id))
  }
  const keptIds = new Set(kept.map(({ id }) => id))
  const gone = rows.map(({ id }) => id).filter((id) => !keptIds.has(id))
  for (let i = 0; i < gone.length; i += 10_000)
    await db.delete(windowSketch).where(inArray(windowSketch.id, gone.slice(i, i + 10_000)))
  return gone.length
}
