import { sql } from 'drizzle-orm'
import type { Db } from '@/db/client'

/** How workers call themselves to Postgres, followed by a slash and their id. */
export const workerName = 'assay-worker'

/**
 * Ends the sessions of other workers that hold a transaction far longer than a living one does: they were stopped, or lost their machine, while
 * they held rows that this worker needs. Their transaction rolls back; if they wake, the swap of offsets fences them.
 */
export async function freeBlockers(db: Pick<Db, 'execute'>, own: string): Promise<void> {
  await db.execute(sql`select pg_terminate_backend(pid) from pg_stat_activity
    where application_name like ${`${workerName}/%`} and application_name <> ${`${workerName}/${own}`}
      and xact_start < now() - interval '8 seconds' and state_change < now() - interval '4 seconds' and usename = current_user`)
}
