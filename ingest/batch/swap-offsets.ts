import { sql } from 'drizzle-orm'
import type { Db } from '@/db/client'
import { Fenced, type Stride } from './batch'

/** Moves every partition's offset on, if it still is where this batch starts. @throws Fenced when one is not: roll back. */
export async function swapOffsets(db: Pick<Db, 'execute'>, strides: readonly Stride[], owner: string): Promise<void> {
  const result = await db.execute(sql`update ingest_offset o
    set next = s."to", owner = ${owner}, epoch = o.epoch + (o.owner is distinct from ${owner})::int, updated_at = now()
    from jsonb_to_recordset(${JSON.stringify(strides)}::jsonb) as s(topic text, partition int, "from" bigint, "to" bigint)
    where o.topic = s.topic and o.partition = s.partition and o.next = s."from"`)
  if (result.count !== strides.length) {
    const where = strides.map((s) => `${s.topic}/${s.partition} at ${s.from}`).join(', ')
    throw new Fenced(`another worker has read on from ${where}`)
  }
}
