import { sql } from 'drizzle-orm'
import type { Db } from '@/db/client'

const dayMs = 86_400_000
const daysAhead = 3

/** Makes the partitions of `event` for today (UTC) and the next days, if they are not there. Any number of workers may do so at once. */
export async function ensurePartitions(db: Pick<Db, 'execute'>, now: Date): Promise<void> {
  for (let day = 0; day <= daysAhead; day++) {
    const date = new Date(now.getTime() + day * dayMs).toISOString().slice(0, 10)
    await db.execute(sql`select event_partition(${date}::date)`)
  }
}

/** Lets the BRIN indexes of today's partition know the newest blocks, so that a look-up need not scan them. */
export async function summarize(db: Pick<Db, 'execute'>, now: Date): Promise<void> {
  const name = `event_${now.toISOString().slice(0, 10).replaceAll('-', '')}`
  await db.execute(
    sql`select brin_summarize_new_values(indexrelid) from pg_index where indrelid = to_regclass(${name})`,
  )
}
