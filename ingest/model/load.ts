import { loadBook } from '@/db/book'
import type { Db } from '@/db/client'
import { eventsBySeq } from '@/db/queries/events'
import { goldenAt } from '@/db/queries/golden-steps'
import type { GoldenRow } from '@/lib/detect/detector'
import type { ModelConfig } from '@/lib/monitor/config'
import type { Monitor } from '@/lib/monitor/monitor'
import { decisionsBetween } from './baseline-steps'
import { goldenStepsBetween } from './golden-steps'
import { Judgements } from './judgements'
import { type Monitors, monitorOptions, realMonitors } from './monitors'
import { loadSnapshots } from './snapshot'
import type { Watched } from './watched'

export interface ModelRow {
  readonly key: number
  readonly id: string
  readonly config: ModelConfig
  readonly nextSeq: number
  readonly windowMs: number | null
}

/** Stored events that are read at a time. */
const chunk = 2000

/**
 * Brings a model to memory: its latest snapshot, then the stored events since. What those raise again is kept in `late`; it is stored already,
 * unless the detectors are newer than the snapshot.
 */
export async function loadModel(
  db: Pick<Db, 'select' | 'execute'>,
  row: ModelRow,
  monitors: Monitors = realMonitors,
): Promise<Watched> {
  const { key, id } = row
  const { monitor, seq, golden } = await restore(db, row, monitors)
  const watched: Watched = {
    id,
    key,
    seq,
    snapshotSeq: seq,
    windowMs: row.windowMs,
    monitor,
    config: row.config,
    golden,
    book: await loadBook(db, key),
    judgements: new Judgements(),
    early: [],
    late: [],
  }
  await catchUp(db, watched, row.nextSeq, monitors)
  return watched
}

/** Feeds the monitor the stored events up to `nextSeq`: those since its snapshot, or those that another worker took. */
export async function catchUp(
  db: Pick<Db, 'select' | 'execute'>,
  watched: Watched,
  nextSeq: number,
  monitors?: Monitors,
): Promise<void> {
  const decisions = await decisionsBetween(db, watched.key, watched.seq, nextSeq, monitors)
  const golden = await goldenStepsBetween(db, watched.key, watched.seq, nextSeq, monitors)
  await decisions.take(watched)
  golden.take(watched)
  while (watched.seq < nextSeq) {
    const to = Math.min(watched.seq + chunk, nextSeq, decisions.next(), golden.next())
    const events = await eventsBySeq(db, watched, watched.book, watched.seq, to)
    if (events.length !== to - watched.seq)
      throw new Error(
        `model ${watched.id}: expected stored events ${watched.seq} to ${to - 1}, found ${events.length} of them`,
      )
    for (const { event, offset, seq } of events) {
      for (const output of watched.monitor.accept({ event, index: offset })) {
        if (output.type === 'finding' || output.type === 'verdict') watched.late.push({ output, seq })
      }
      const judged = watched.judgements.judge(event)
      if (watched.windowMs === null) watched.early.push({ event, judged })
    }
    watched.seq = to
    await decisions.take(watched)
    golden.take(watched)
  }
}

async function restore(
  db: Pick<Db, 'select'>,
  row: ModelRow,
  monitors: Monitors,
): Promise<{ monitor: Monitor; seq: number; golden: readonly GoldenRow[] }> {
  for (const snapshot of await loadSnapshots(db, row.key)) {
    if (snapshot.seq > row.nextSeq) continue
    try {
      // What was approved at that very event is taken on again, and known to have been.
      const golden = await goldenAt(db, row.key, snapshot.seq - 1)
      const options = monitorOptions({ ...row, golden })
      return { monitor: monitors.restore(options, snapshot.state()), seq: snapshot.seq, golden }
    } catch (error) {
      // Of detectors that have changed since: an older snapshot, or the stored events from the first.
      if (!(error instanceof RangeError)) throw error
    }
  }
  return { monitor: monitors.create(monitorOptions({ ...row, golden: [] })), seq: 0, golden: [] }
}
