import { sql } from 'drizzle-orm'
import type { Db } from '@/db/client'
import { deadLetter, httpInbox, httpInboxHead } from '@/db/schema'

/** Topic of events that came over HTTP where there is no broker; partition 0. */
export const httpTopic = 'http'

/** Coordinates for `count` messages of topic `http`, and the first of them. Held until the transaction ends, so offsets commit in their order. */
async function claimOffsets(db: Pick<Db, 'update'>, count: number): Promise<number> {
  const [head] = await db
    .update(httpInboxHead)
    .set({ next: sql`${httpInboxHead.next} + ${count}` })
    .returning({ next: httpInboxHead.next })
  if (!head) throw new Error('http_inbox_head has no row: run the migrations')
  return head.next - count
}

/** Hands events to the worker, durable once the transaction commits. @returns the offset of the first. */
export async function appendInbox(db: Pick<Db, 'update' | 'insert'>, values: readonly Buffer[]): Promise<number> {
  const first = await claimOffsets(db, values.length)
  // A statement carries at most 65,534 parameters, two a row.
  for (let i = 0; i < values.length; i += 10_000) {
    const rows = values.slice(i, i + 10_000).map((value, k) => ({ offset: first + i + k, value }))
    await db.insert(httpInbox).values(rows)
  }
  return first
}

/** Keeps lines that were refused at the door, each with coordinates of its own in topic `http`. `bytes` is cut at 1 MiB. */
export async function appendRefused(
  db: Pick<Db, 'update' | 'insert'>,
  refused: readonly { readonly bytes: Buffer; readonly reason: string }[],
): Promise<void> {
  if (refused.length === 0) return
  const first = await claimOffsets(db, refused.length)
  for (let i = 0; i < refused.length; i += 5_000) {
    const rows = refused.slice(i, i + 5_000).map(({ bytes, reason }, k) => ({
      topic: httpTopic,
      partition: 0,
      offset: first + i + k,
      reason: reason.replaceAll('\0', '␀'),
      bytes: bytes.subarray(0, 1 << 20),
      size: bytes.length,
    }))
    await db.insert(deadLetter).values(rows)
  }
}
