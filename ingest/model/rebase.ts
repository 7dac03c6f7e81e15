import type { Db } from '@/db/client'
import { eventsBySeq, seqsBetween } from '@/db/queries/events'
import type { MonitorOptions } from '@/lib/monitor/monitor'
import type { Monitors } from './monitors'
import type { Watched } from './watched'

/** Stored events that are read at a time, and those that a baseline is learned from at most. */
const chunk = 2000
const mostEvents = 50_000

/**
 * Gives a model a monitor that has learned its baseline from a stretch of event time (or from its first events), and stands where the old one stood.
 * What the new one says meanwhile is not said: that past was judged as it was. Its numbers go on, so ids of findings stay apart.
 */
export async function rebase(
  db: Pick<Db, 'execute'>,
  watched: Watched,
  range: { readonly from: Date; readonly to: Date } | null,
  options: MonitorOptions,
  monitors: Monitors,
): Promise<void> {
  const stretch = range ? await seqsBetween(db, watched.key, range.from, range.to) : { from: 0, to: watched.seq }
  if (!stretch) return
  const to = Math.min(stretch.to, watched.seq, stretch.from + mostEvents)
  const taken: Parameters<Watched['monitor']['accept']>[0][] = []
  for (let seq = stretch.from; seq < to; seq += chunk) {
    for (const { event, offset } of await eventsBySeq(db, watched, watched.book, seq, Math.min(seq + chunk, to))) {
      const inside = !range || (event.timeMs >= range.from.getTime() && event.timeMs <= range.to.getTime())
      if (inside) taken.push({ event, index: offset })
    }
  }
  const monitor = monitors.create({ ...options, firstSeq: watched.seq - taken.length })
  for (const arrival of taken) monitor.accept(arrival)
  watched.monitor = monitor
}
