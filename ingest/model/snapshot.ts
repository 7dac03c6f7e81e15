import { deserialize, serialize } from 'node:v8'
import { constants, deflateRawSync, inflateRawSync } from 'node:zlib'
import { desc, eq, sql } from 'drizzle-orm'
import type { Db } from '@/db/client'
import { monitorSnapshot } from '@/db/schema'
import type { MonitorState } from '@/lib/monitor/monitor'

/** Keeps the monitor's state as of `seq`, and the one before it. */
export async function storeSnapshot(
  db: Pick<Db, 'insert' | 'execute'>,
  modelKey: number,
  seq: number,
  state: MonitorState,
): Promise<void> {
  const bytes = deflateRawSync(serialize(state), { level: constants.Z_BEST_SPEED })
  await db.insert(monitorSnapshot).values({ modelKey, seq, version: state.version, state: bytes }).onConflictDoNothing()
  await db.execute(sql`delete from monitor_snapshot where model_key = ${modelKey} and seq <
    (select seq from monitor_snapshot where model_key = ${modelKey} order by seq desc offset 1 limit 1)`)
}

/** The stored states of a model, the latest first. */
export async function loadSnapshots(
  db: Pick<Db, 'select'>,
  modelKey: number,
): Promise<{ seq: number; state: () => MonitorState }[]> {
  const rows = await db
    .select()
    .from(monitorSnapshot)
    .where(eq(monitorSnapshot.modelKey, modelKey))
    .orderBy(desc(monitorSnapshot.seq))
  return rows.map((row) => ({ seq: row.seq, state: () => deserialize(inflateRawSync(row.state)) as MonitorState }))
}
