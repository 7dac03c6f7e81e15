import { deserialize, serialize } from 'node:v8'
import { desc, eq, sql } from 'drizzle-orm'
import { compressSync, uncompressSync } from 'snappy'
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
  // An eighth of what deflating takes, for a third more bytes.
  const bytes = compressSync(serialize(state))
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
  return rows.map((row) => ({ seq: row.seq, state: () => readState(row.state) }))
}

/** @throws RangeError on bytes that are no such state: the caller then reads the stored events again. */
function readState(bytes: Buffer): MonitorState {
  let plain: string | Buffer
  try {
    plain = uncompressSync(bytes, { asBuffer: true })
  } catch {
    throw new RangeError('a snapshot that this code cannot read')
  }
  return deserialize(plain as Buffer) as MonitorState
}
