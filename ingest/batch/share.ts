import type { TransactionSql } from 'postgres'
import { saveBook } from '@/db/book'
import type { Db } from '@/db/client'
import type { HintTopic } from '@/db/queries/notify'
import { txOver } from '@/db/tx'
import { storeSnapshot } from '@/ingest/model/snapshot'
import type { Watched } from '@/ingest/model/watched'
import { enoughToTell, windowWidth } from '@/ingest/model/window-width'
import type { Taken } from '@/ingest/taken'
import { WindowDelta } from '@/ingest/window/delta'
import { type PublishedVersion, type Said, storeOutputs, storeVersions } from './outputs'
import { type SuspectRow, storeSuspects } from './suspects'

/** What one batch does to one model. */
export interface Share {
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

export function startShare(watched: Watched): Share {
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

/** Stores what became of the model, behind its rows: sketches, words, what its monitor said, now and then a snapshot. */
export async function storeShare(
  tx: Db,
  client: TransactionSql,
  share: Share,
  snapshotEvents: number,
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
  if (watched.windowMs !== null && watched.seq - watched.snapshotSeq >= snapshotEvents) {
    await storeSnapshot(tx, watched.key, watched.seq, watched.monitor.snapshot())
    watched.snapshotSeq = watched.seq
  }
}

/** The first events tell how wide this model's windows are; they are sketched now, all of them. */
function openWindows(share: Share): void {
  const { watched } = share
  watched.windowMs = windowWidth(watched.early.map(({ event }) => event.timeMs))
  share.windows = new WindowDelta(watched.windowMs)
  for (const { event, judged } of watched.early) share.windows.add(event, judged, null)
  watched.early = []
}
