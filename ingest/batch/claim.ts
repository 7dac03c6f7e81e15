import { sql } from 'drizzle-orm'
import type { TransactionSql } from 'postgres'
import type { Db } from '@/db/client'
import { identityHash, writeIdentity } from '@/db/identity'
import { CopyWriter } from '@/ingest/copy/writer'
import { duplicateReason } from '@/ingest/identities'
import type { Taken } from '@/ingest/taken'

const transactionAborted = '25P02'
const copyClaims = 'copy event_key (hash, ingested_at, "offset", partition) from stdin (format binary)'
const writer = new CopyWriter(1 << 16)
let hashes = new Uint8Array(0)

/**
 * Claims the identities of these events in `event_key`, and refuses, as duplicates, those that were claimed before: by an earlier batch, by another
 * worker, or earlier in this batch. A rollback gives the claims back.
 *
 * Nearly every batch is all new, and a COPY costs Postgres half of an insert that minds conflicts: so that is tried first.
 */
export async function claimIdentities(
  db: Pick<Db, 'execute'>,
  client: TransactionSql,
  messages: readonly Taken[],
  ingestedAtMs: number,
): Promise<void> {
  const events = messages.filter((taken) => taken.event !== null && taken.refused === null)
  if (events.length === 0 || (await copiedAll(client, rowsOf(events, ingestedAtMs)))) return
  const digits = events.map(({ event }) => (event ? identityHash(event.source, event.id) : ''))
  const ingestedAt = new Date(ingestedAtMs).toISOString()
  // In the order of the hashes: two workers that claim the same wait for each other, and never in a ring.
  const inserted = await db.execute(sql`insert into event_key (hash, ingested_at, "offset", partition)
    select hash, ${ingestedAt}::timestamptz, "offset", partition
    from unnest(${`{${digits.join(',')}}`}::uuid[], ${list(events, 'offset')}::bigint[], ${list(events, 'partition')}::int[]) with ordinality as k(hash, "offset", partition, place)
    order by hash, place on conflict do nothing`)
  if (inserted.count === events.length) return
  await refuseDuplicates(db, events, digits, ingestedAt)
}

/** The claims as rows, in the order of their hashes as well. */
function rowsOf(events: readonly Taken[], ingestedAtMs: number): Buffer {
  const { length } = events
  if (hashes.length < 16 * length) hashes = new Uint8Array(16 * length)
  const order = new Float64Array(length)
  for (let i = 0; i < length; i++) {
    const { event } = events[i] as Taken
    if (event) writeIdentity(hashes, 16 * i, event.source, event.id)
    // The first 32 bits, and the place behind them.
    order[i] = word(16 * i) * mostEvents + i
  }
  order.sort()
  const places = Int32Array.from(order, (key) => key % mostEvents)
  for (let i = 1; i < length; i++) {
    // One id of several sources has the same first bits: the rest decides.
    for (let at = i; at > 0 && follows(places[at - 1] as number, places[at] as number); at--) {
      const place = places[at] as number
      places[at] = places[at - 1] as number
      places[at - 1] = place
    }
  }
  writer.begin()
  for (const place of places) {
    const { offset, partition } = events[place] as Taken
    writer.row(4)
    writer.uuid(hashes, 16 * place)
    writer.timestamp(ingestedAtMs)
    writer.bigint(offset)
    writer.integer(partition)
  }
  return writer.end()
}

/** Of a batch: the configuration allows fewer. */
const mostEvents = 2 ** 20

const word = (at: number): number =>
  (((hashes[at] as number) << 24) |
    ((hashes[at + 1] as number) << 16) |
    ((hashes[at + 2] as number) << 8) |
    (hashes[at + 3] as number)) >>>
  0

function follows(a: number, b: number): boolean {
  for (let i = 0; i < 16; i += 4) {
    const [ofA, ofB] = [word(16 * a + i), word(16 * b + i)]
    if (ofA !== ofB) return ofA > ofB
  }
  return false
}

/**
 * postgres.js never tells that a COPY was refused (its #1173). The statement behind it does: its transaction is aborted by then.
 * @returns false when one of the rows was there: then nothing is inserted.
 */
async function copiedAll(client: TransactionSql, rows: Buffer): Promise<boolean> {
  try {
    await client.savepoint('claim', async (inner) => {
      const stream = await inner.unsafe(copyClaims).writable()
      stream.on('error', () => {})
      await new Promise<void>((go) => stream.write(rows, () => go()))
      // Ended before the next statement is sent, or postgres.js would refuse that.
      if (!stream.destroyed) stream.end()
      await inner.unsafe('select')
    })
    return true
  } catch (error) {
    if ((error as { code?: string }).code !== transactionAborted) throw error
    return false
  }
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
