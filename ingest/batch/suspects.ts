import { sql } from 'drizzle-orm'
import type { Db } from '@/db/client'
import type { AssayEvent } from '@/lib/event/types'

/** A training row, document, fact or update that looked suspicious at its arrival. */
export interface SuspectRow {
  readonly seq: number
  readonly eventId: string
  readonly origin: string | null
  readonly suspicion: number
}

/** From here on a row is kept for the list of suspects. */
export const leastSuspicion = 0.5
/** Of one batch, the worst; of a model, the latest. */
const mostABatch = 200
const mostAModel = 5000

export const originOf = ({ data }: AssayEvent): string | null =>
  'origin' in data ? data.origin.id : 'client' in data ? data.client : null

/** @returns whether there were any. Index: primary key (model_key, seq). */
export async function storeSuspects(
  db: Pick<Db, 'execute'>,
  modelKey: number,
  suspects: readonly SuspectRow[],
): Promise<boolean> {
  if (suspects.length === 0) return false
  const worst = [...suspects].sort((a, b) => b.suspicion - a.suspicion || a.seq - b.seq).slice(0, mostABatch)
  await db.execute(sql`insert into suspect_row (model_key, seq, event_id, origin, suspicion)
    select ${modelKey}::int, seq, "eventId", origin, suspicion
    from jsonb_to_recordset(${JSON.stringify(worst)}::jsonb) as s(seq bigint, "eventId" text, origin text, suspicion real)
    on conflict do nothing`)
  await db.execute(sql`delete from suspect_row where model_key = ${modelKey} and seq <
    (select seq from suspect_row where model_key = ${modelKey} order by seq desc offset ${mostAModel} limit 1)`)
  return true
}
