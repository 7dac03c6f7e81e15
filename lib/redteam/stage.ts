import type { AlertKind, Subject } from '@/lib/alert/finding'
import type { EventOf } from '@/lib/event/types'
import { hashUniform } from '@/lib/stats/hash-uniform'

export type TrainingEvent = EventOf<'ml.training.v1'>
export type Row = TrainingEvent['data']

/** What an attack or an honest oddity did to a feed, written down when it was done. Detectors never see it. */
export interface Truth {
  /** The alert that is right; null for an honest look-alike: then nobody may be accused. */
  readonly kind: AlertKind | null
  readonly name: string
  readonly subject: Subject
  /** Ids of the rows that it wrote, changed or (deletion) took away. */
  readonly eventIds: readonly string[]
}

export interface Staged {
  readonly feed: readonly TrainingEvent[]
  readonly truth: Truth
}

/** Changes a feed of training rows, given in order of arrival. The same seed gives the same rows. */
export type Act = (feed: readonly TrainingEvent[], seed: string) => Staged

/** Parameters that every act knows. */
export interface Strength {
  /** Where it begins, as a share of the feed: 0 … 1. */
  readonly onset: number
  /** How much of what it could change it does change: 0 … 1. */
  readonly strength: number
}

/** Numbered uniforms of one purpose: u(n) is the same for the same seed, name and n. */
export const uniforms = (seed: string, name: string) => (n: number) => hashUniform(`redteam/${name}/${seed}`, n)

export const firstRow = (feed: readonly TrainingEvent[], onset: number): number => Math.floor(feed.length * onset)

export const labelsOf = (feed: readonly TrainingEvent[]): Row['label'][] =>
  [...new Set(feed.map((event) => event.data.label))].sort((a, b) => (String(a) < String(b) ? -1 : 1))

/** Another label than the given one, chosen by `u`; itself where there is no other. */
export function otherLabel(labels: readonly Row['label'][], label: Row['label'], u: number): Row['label'] {
  const own = labels.indexOf(label)
  const at = Math.floor(u * (own < 0 ? labels.length : labels.length - 1))
  return labels[own >= 0 && at >= own ? at + 1 : at] ?? label
}

/** How a label is turned: to a given one, by a number (a regression), or to any other one by chance. */
export interface Turn {
  readonly to?: string | number
  readonly by?: number
}

export function turn(labels: readonly Row['label'][], label: Row['label'], { to, by }: Turn, u: number): Row['label'] {
  if (to !== undefined) return to
  if (by !== undefined && typeof label === 'number') return Number((label + by).toPrecision(6))
  return otherLabel(labels, label, u)
}

/** Rewrites rows from the onset on; `change` gives the new data of a row, or null to leave it. */
export function rewrite(
  feed: readonly TrainingEvent[],
  onset: number,
  change: (row: Row, place: number) => Row | null,
): { feed: TrainingEvent[]; eventIds: string[] } {
  const from = firstRow(feed, onset)
  const eventIds: string[] = []
  const out = feed.map((event, place) => {
    const data = place < from ? null : change(event.data, place)
    if (!data) return event
    eventIds.push(event.id)
    return { ...event, data }
  })
  return { feed: out, eventIds }
}

/** Puts new rows among the others, `count` of them evenly over a `span` of the feed (all that is left of it by default), each at the time of the row before it. */
export function insert(
  feed: readonly TrainingEvent[],
  onset: number,
  count: number,
  make: (n: number, before: TrainingEvent) => { id: string; data: Row },
  span = 1,
): { feed: TrainingEvent[]; eventIds: string[] } {
  const from = firstRow(feed, onset)
  const gap = Math.min(feed.length - from, feed.length * span) / Math.max(1, count)
  const eventIds: string[] = []
  const out: TrainingEvent[] = []
  let done = 0
  for (const [place, event] of feed.entries()) {
    out.push(event)
    while (done < count && place >= from && place >= Math.floor(from + done * gap)) {
      const made = make(done, event)
      out.push({ ...event, id: made.id, data: made.data })
      eventIds.push(made.id)
      done++
    }
  }
  return { feed: out, eventIds }
}
