import { sql } from 'drizzle-orm'
import type { Db } from '@/db/client'
import { type WorkerState, workerHeartbeat } from '@/db/schema'

/** Says that this worker lives. Rows of workers that have been silent for an hour go away. */
export async function beat(db: Db, id: string, startedAt: Date, state: WorkerState): Promise<void> {
  const at = new Date()
  await db
    .insert(workerHeartbeat)
    .values({ id, startedAt, at, state })
    .onConflictDoUpdate({ target: workerHeartbeat.id, set: { at, state } })
  await db.delete(workerHeartbeat).where(sql`${workerHeartbeat.at} < now() - interval '1 hour'`)
}
