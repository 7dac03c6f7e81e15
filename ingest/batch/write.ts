import type { TransactionSql } from 'postgres'
import type { Db } from '@/db/client'
import { txOver } from '@/db/tx'
import type { Gate } from '@/ingest/gate'
import type { Monitors } from '@/ingest/model/monitors'
import type { Taken } from '@/ingest/taken'
import type { Batch } from './batch'
import { claimIdentities } from './claim'
import { storeDeadLetters } from './dead-letters'
import { holdModels, loadModels, type Memory, swapSequences } from './models'
import { storeEvents } from './rows'
import { type Share, startShare, storeShare } from './share'
import { swapOffsets } from './swap-offsets'

export interface BatchContext {
  readonly db: Db
  readonly memory: Memory
  /** Who writes: kept with the offsets. */
  readonly owner: string
  /** Events of a model between two snapshots of its monitor. */
  readonly snapshotEvents: number
  readonly now: () => Date
  readonly monitors?: Monitors
  /** Where training rows go on to a learner; null where there is no such place. */
  gate?: Gate | null
}

/**
 * Writes a batch in one transaction: offsets, events, sketches, what the monitors said, dead letters, now and then a snapshot. All of it happened,
 * or nothing. On any failure the caller forgets the models of `memory`, which have moved on.
 * @param alive called whenever Postgres has answered amid the batch's rows.
 * @throws Fenced, MonitorFailed, or what Postgres says.
 */
export async function writeBatch(
  context: BatchContext,
  batch: Batch,
  alive: () => void = () => {},
): Promise<{ events: number; refused: number }> {
  const { db, memory } = context
  const now = context.now()
  const wanted = modelsOf(batch.messages)
  await loadModels(db, memory, wanted, context.monitors)
  alive()
  return db.transaction(async (inner) => {
    const tx = inner as unknown as Db
    const client = (inner as unknown as { session: { client: TransactionSql } }).session.client
    await swapOffsets(tx, batch.strides, context.owner)
    await claimIdentities(tx, client, batch.messages, now.getTime())

    // Duplicates are known now. The broker works while Postgres does; a failure of either is met at the end.
    const passed = Promise.allSettled([context.gate?.pass(batch.messages)])
    const shares = new Map<string, Share>()
    for (const watched of await holdModels(tx, memory, wanted, context.monitors))
      shares.set(watched.id, startShare(watched))

    const { events, refused } = await storeEvents(client, batch.messages, shares, now.getTime(), alive)
    await storeDeadLetters(client, refused, now.getTime())
    for (const share of shares.values()) await storeShare(tx, client, share, context.snapshotEvents, now)
    await moveSequences(tx, shares, now)
    await txOver(tx).notify.changed(null, ['ingest'])
    for (const done of await passed) if (done.status === 'rejected') throw done.reason
    return { events, refused: refused.length }
  })
}

function modelsOf(messages: readonly Taken[]): string[] {
  const ids = new Set<string>()
  for (const { event, refused } of messages) if (event && refused === null) ids.add(event.data.model)
  return [...ids]
}

async function moveSequences(tx: Db, shares: ReadonlyMap<string, Share>, now: Date): Promise<void> {
  const moved = [...shares.values()].filter(({ watched, from }) => watched.seq > from)
  await swapSequences(
    tx,
    moved.map(({ watched, from, firstMs, lastMs }) => ({
      key: watched.key,
      from,
      to: watched.seq,
      windowMs: watched.windowMs,
      firstMs,
      lastMs,
    })),
    now,
  )
}
