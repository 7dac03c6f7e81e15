import { sql } from 'drizzle-orm'
import type { Db } from '@/db/client'

/** Where a partition is read on from; `first` for one that was never read, which is remembered. */
export async function storedOffset(
  db: Pick<Db, 'execute'>,
  topic: string,
  partition: number,
  first: number,
): Promise<number> {
  const [row] = await db.execute<{ next: string }>(sql`
    with new as (insert into ingest_offset (topic, partition, next) values (${topic}, ${partition}, ${first}) on conflict do nothing returning next)
    select next from new union all select next from ingest_offset where topic = ${topic} and partition = ${partition} limit 1`)
  if (row) return Number(row.next)
  // Made by another worker between the two halves of that statement.
  return storedOffset(db, topic, partition, first)
}

/** Records messages [from, to) as lost, and reads on behind them, unless another worker has done so. */
export async function advanceOverGap(
  db: Pick<Db, 'execute'>,
  gap: { topic: string; partition: number; from: number; to: number },
): Promise<void> {
  const { topic, partition, from, to } = gap
  await db.execute(sql`
    with moved as (
      update ingest_offset set next = ${to}, updated_at = now()
      where topic = ${topic} and partition = ${partition} and next = ${from} returning 1)
    insert into gap (topic, partition, from_offset, to_offset) select ${topic}, ${partition}, ${from}, ${to} from moved`)
}
