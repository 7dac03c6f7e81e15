import { sql } from 'drizzle-orm'
import type { Db } from '@/db/client'
import { identityHash } from '@/db/identity'
import { duplicateReason } from '@/ingest/identities'
import type { Taken } from '@/ingest/taken'

const uniqueViolation = '23505'

/**
 * Claims the identities of these events in `event_key`, and refuses, as duplicates, those that were claimed before: by an earlier batch, by another
 * worker, or earlier in this batch. A rollback gives the claims back.
 *
 * Nearly every batch is all new, and a plain insert costs Postgres a third less than one that minds conflicts: so that is tried first.
 */
export async function claimIdentities(
  db: Pick<Db, 'execute'>,
  messages: readonly Taken[],
  ingestedAt: string,
): Promise<void> {
  const events = messages.filter((taken) => taken.event !== null && taken.refused === null)
  if (events.length === 0) return
  const hashes = events.map(({ event }) => (event ? identityHash(event.source, event.id) : ''))
  // In the order of the hashes: two workers that claim the same wait for each other, and never in a ring.
  const claim = sql`insert into event_key (hash, ingested_at, "offset", partition)
    select hash, ${ingestedAt}::timestamptz, "offset", partition
    from unnest(${`{${hashes.join(',')}}`}::uuid[], ${list(events, 'offset')}::bigint[], ${list(events, 'partition')}::int[]) with ordinality as k(hash, "offset", partition, place)
    order by hash, place`
  if (new Set(hashes).size === hashes.length && (await insertedAll(db, claim))) return
  const inserted = await db.execute(sql`${claim} on conflict do nothing`)
  if (inserted.count === events.length) return
  await refuseDuplicates(db, events, hashes, ingestedAt)
}

/** @returns false when one of them was there: then nothing is inserted. */
async function insertedAll(db: Pick<Db, 'execute'>, insert: ReturnType<typeof sql>): Promise<boolean> {
  const sent = [sql`savepoint claim`, insert].map((statement) => db.execute(statement))
  const [saved, inserted] = await Promise.allSettled(sent)
  if (saved?.status === 'rejected') throw saved.reason
  if (inserted?.status !== 'rejected') return true
  const { code, cause } = inserted.reason as { code?: string; cause?: { code?: string } }
  if ((code ?? cause?.code) !== uniqueViolation) throw inserted.reason
  await db.execute(sql`rollback to savepoint claim`)
  return false
}

async function refuseDuplicates(
  db: Pick<Db, 'execute'>,
  events: readonly Taken[],
  hashes: readonly string[],
  ingestedAt: string,
): Promise<void> {
  const rows = await db.execute<{ hash: string; offset: string; partition: number }>(sql`
    select replace(hash::text, '-', '') as hash, case when ingested_at = ${ingestedAt}::timestamptz then "offset" else -1 end as "offset", partition
    from event_key where hash = any(${`{${hashes.join(',')}}`}::uuid[])`)
  const claimed = new Map(rows.map((row) => [row.hash, row]))
  events.forEach((taken, i) => {
    const claim = claimed.get(hashes[i] as string)
    const first = claim && Number(claim.offset) === taken.offset && claim.partition === taken.partition
    if (!first && taken.event) taken.refused = duplicateReason(taken.event)
  })
}

function list(events: readonly Taken[], key: 'offset' | 'partition'): string {
  return `{${events.map((taken) => taken[key]).join(',')}}`
}
