import { type Act, firstRow, insert, labelsOf, type TrainingEvent, type Turn, turn, uniforms } from './stage'

/** One origin suddenly sends a great many rows, all with a wrong label: volume is its weapon. */
export interface Explosion extends Turn {
  readonly onset: number
  readonly rows: number
  readonly origin: string
  /** Over how much of the feed the rows are spread: all that is left of it by default. */
  readonly span?: number
}

export const explode =
  ({ onset, rows, origin, span, ...how }: Explosion): Act =>
  (feed, seed) => {
    const u = uniforms(seed, 'explode')
    const labels = labelsOf(feed)
    const honest = feed.slice(0, Math.max(1, firstRow(feed, onset))).filter((event) => event.data.label !== how.to)
    const make = (n: number, before: TrainingEvent) => {
      const model = honest[Math.floor(u(2 * n) * honest.length)]?.data ?? before.data
      const label = turn(labels, model.label, how, u(2 * n + 1))
      const { labeler: _, ...row } = model
      return { id: `burst-${seed}-${n}`, data: { ...row, origin: { id: origin, kind: model.origin.kind }, label } }
    }
    const staged = insert(feed, onset, rows, make, span)
    return {
      feed: staged.feed,
      truth: { kind: 'poison.label_flip', name: 'exploding origin', subject: { origin }, eventIds: staged.eventIds },
    }
  }
