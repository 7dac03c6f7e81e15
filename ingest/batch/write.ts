import type { TransactionSql } from 'postgres'
import { saveBook } from '@/db/book'
import type { Db } from '@/db/client'
import type { HintTopic } from '@/db/queries/notify'
import { txOver } from '@/db/tx'
import { columnsOf, type EventColumns } from '@/ingest/copy/event-columns'
import { encodeEvent } from '@/ingest/copy/event-row'
import { CopyWriter } from '@/ingest/copy/writer'
import type { Gate } from '@/ingest/gate'
import type { Monitors } from '@/ingest/model/monitors'
import { storeSnapshot } from '@/ingest/model/snapshot'
import type { Watched } from '@/ingest/model/watched'
import { enoughToTell, windowWidth } from '@/ingest/model/window-width'
import { releaseTaken, type Taken } from '@/ingest/taken'
import { WindowDelta } from '@/ingest/windows'
import type { AssayEvent } from '@/lib/event/types'
import { type Batch, MonitorFailed } from './batch'
import { claimIdentities } from './claim'
import { CopyStream } from './copy'
import { storeDeadLetters } from './dead-letters'
import { holdModels, loadModels, type Memory, swapSequences } from './models'
import { type PublishedVersion, type Said, storeOutputs, storeVersions } from './outputs'
import { leastSuspicion, originOf, type SuspectRow, storeSuspects } from './suspects'
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

/** What one batch does to one model. */
interface Share {
  readonly watched: Watched
  readonly from: number
  /** Its events, in the order in which they came. */
  readonly taken: Taken[]
  readonly said: Said[]
  readonly versions: PublishedVersion[]
  readonly suspects: SuspectRow[]
  firstMs: number
  lastMs: number
  windows: WindowDelta | null
}

/** Bytes of rows that are sent at a time: Postgres stores them while the next are made. */
const pieceBytes = 1 << 18
/** Writers that no batch uses now. */
const writers: CopyWriter[] = []

/**
 * Writes a batch in one transaction: offsets, events, sketches, what the monitors said, dead letters, now and then a snapshot. All of it happened,
 * or nothing. On any failure the caller forgets the models of `memory`, which have moved on.
 * @throws Fenced, MonitorFailed, or what Postgres says.
 */
export async function writeBatch(context: BatchContext, batch: Batch): Promise<{ events: number; refused: number }> {
  const { db, memory } = context
  const now = context.now()
  const wanted = modelsOf(batch.messages)
  await loadModels(db, memory, wanted, context.monitors)
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

    const { events, refused } = await storeEvents(client, batch, shares, now.getTime())
    await storeDeadLetters(client, refused, now.getTime())
    for (const share of shares.values()) await storeShare(context, tx, client, share, now)
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

function startShare(watched: Watched): Share {
  // What catching up brought to light is stored with this batch.
  const said = watched.late.splice(0)
  const windows = watched.windowMs === null ? null : new WindowDelta(watched.windowMs)
  return {
    watched,
    from: watched.seq,
    taken: [],
    said,
    versions: [],
    suspects: [],
    firstMs: Number.POSITIVE_INFINITY,
    lastMs: Number.NEGATIVE_INFINITY,
    windows,
  }
}

/**
 * Shows every event to its model, and sends its row on: one model after the other, whose state then stays near the processor.
 * @returns how many events there were, and the messages that are none.
 */
async function storeEvents(
  client: TransactionSql,
  batch: Batch,
  shares: ReadonlyMap<string, Share>,
  ingestedAtMs: number,
): Promise<{ events: number; refused: Taken[] }> {
  const writer = writers.pop() ?? new CopyWriter(pieceBytes * 2)
  const refused: Taken[] = []
  const events: AssayEvent[] = []
  for (const taken of batch.messages) {
    const { event } = taken
    if (event === null || taken.refused !== null) refused.push(taken)
    else {
      events.push(event)
      ;(shares.get(event.data.model) as Share).taken.push(taken)
    }
  }
  const columns = columnsOf(events)
  events.length = 0
  const copy = new CopyStream(client, 'event', columns.names)
  writer.begin()
  try {
    for (const share of shares.values()) {
      for (let i = 0; i < share.taken.length; i++) {
        const taken = share.taken[i] as Taken
        const more = i + 1 < share.taken.length
        accept(writer, columns, share, taken, taken.event as AssayEvent, ingestedAtMs, more)
        releaseTaken(taken)
        if (writer.size >= pieceBytes) await copy.send(writer.piece())
      }
    }
    return { events: writer.rows, refused }
  } finally {
    // Also when a monitor failed: what is rolled back must be a COPY that has come to its end, or the connection is lost.
    writer.end()
    if (writer.rows > 0) await copy.send(writer.piece())
    await copy.end()
    writers.push(writer)
  }
}

/** Shows one event to its model: monitor, sketches, row. */
function accept(
  writer: CopyWriter,
  columns: EventColumns,
  share: Share,
  taken: Taken,
  event: AssayEvent,
  ingestedAtMs: number,
  more: boolean,
): void {
  const { watched } = share
  const { seq } = watched
  try {
    for (const output of watched.monitor.accept({ event, index: taken.offset }, more)) {
      if (output.type !== 'score') share.said.push({ output, seq })
      else if (output.suspicion >= leastSuspicion)
        share.suspects.push({ seq, eventId: event.id, origin: originOf(event), suspicion: output.suspicion })
    }
  } catch (error) {
    throw new MonitorFailed(taken, error)
  }
  const judged = watched.judgements.judge(event)
  if (share.windows) share.windows.add(event, judged)
  else watched.early.push({ event, judged })
  encodeEvent(writer, watched.book, columns, {
    event,
    place: taken,
    unknown: taken.unknown,
    modelKey: watched.key,
    seq,
    ingestedAtMs,
  })
  if (event.type === 'ml.version.v1') share.versions.push({ data: event.data, timeMs: event.timeMs, seq })
  if (event.timeMs < share.firstMs) share.firstMs = event.timeMs
  if (event.timeMs > share.lastMs) share.lastMs = event.timeMs
  watched.seq = seq + 1
}

async function storeShare(
  context: BatchContext,
  tx: Db,
  client: TransactionSql,
  share: Share,
  now: Date,
): Promise<void> {
  const { watched, said } = share
  if (watched.windowMs === null && watched.early.length >= enoughToTell) openWindows(share)
  if (share.windows) await share.windows.store(client, watched.key)
  await saveBook(tx, watched.key, watched.book)
  await storeVersions(tx, watched.key, share.versions)
  const hints = await storeOutputs(tx, client, watched.key, said, now)
  if (await storeSuspects(tx, watched.key, share.suspects)) hints.add('sources')
  hints.add('models')
  await txOver(tx).notify.changed(watched.id, [...hints] satisfies HintTopic[])
  if (watched.windowMs !== null && watched.seq - watched.snapshotSeq >= context.snapshotEvents) {
    await storeSnapshot(tx, watched.key, watched.seq, watched.monitor.snapshot())
    watched.snapshotSeq = watched.seq
  }
}

/** The first events tell how wide this model's windows are; they are sketched now, all of them. */
function openWindows(share: Share): void {
  const { watched } = share
  watched.windowMs = windowWidth(watched.early.map(({ event }) => event.timeMs))
  share.windows = new WindowDelta(watched.windowMs)
  for (const { event, judged } of watched.early) share.windows.add(event, judged)
  watched.early = []
}
