import type { TransactionSql } from 'postgres'
import { columnsOf, type EventColumns } from '@/ingest/copy/event-columns'
import { encodeEvent } from '@/ingest/copy/event-row'
import { CopyWriter } from '@/ingest/copy/writer'
import { releaseTaken, type Taken } from '@/ingest/taken'
import type { AssayEvent } from '@/lib/event/types'
import { MonitorFailed } from './batch'
import { CopyStream } from './copy'
import type { Share } from './share'
import { leastSuspicion, originOf } from './suspects'

/** Bytes of rows that are sent at a time: Postgres stores them while the next are made. */
const pieceBytes = 1 << 18
/** Writers that no batch uses now. */
const writers: CopyWriter[] = []

/**
 * Shows every event to its model, and sends its row on: one model after the other, whose state then stays near the processor.
 * @param alive called whenever Postgres has taken some rows.
 * @returns how many events there were, and the messages that are none.
 */
export async function storeEvents(
  client: TransactionSql,
  messages: readonly Taken[],
  shares: ReadonlyMap<string, Share>,
  ingestedAtMs: number,
  alive: () => void,
): Promise<{ events: number; refused: Taken[] }> {
  const writer = writers.pop() ?? new CopyWriter(pieceBytes * 2)
  const refused: Taken[] = []
  const events: AssayEvent[] = []
  for (const taken of messages) {
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
      const { taken } = share
      for (let i = 0; i < taken.length; i++) {
        const one = taken[i] as Taken
        accept(writer, columns, share, one, one.event as AssayEvent, ingestedAtMs, i + 1 < taken.length)
        releaseTaken(one)
        if (writer.size < pieceBytes) continue
        await copy.send(writer.piece())
        alive()
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
  encodeEvent(writer, watched.book, columns, {
    event,
    place: taken,
    unknown: taken.unknown,
    modelKey: watched.key,
    seq,
    ingestedAtMs,
  })
  if (share.windows) share.windows.add(event, judged, watched.book)
  else watched.early.push({ event, judged })
  if (event.type === 'ml.version.v1') share.versions.push({ data: event.data, timeMs: event.timeMs, seq })
  if (event.timeMs < share.firstMs) share.firstMs = event.timeMs
  if (event.timeMs > share.lastMs) share.lastMs = event.timeMs
  watched.seq = seq + 1
}
