import { type Act, firstRow, type Strength, uniforms } from './stage'
import { isIn, type Targeted } from './targeted'

/** Rows of a stratum (or one feed's rows, leaving gaps in its sequence) stop coming; totals are kept up by copying no one: they merely shrink. */
export interface Deletion extends Strength {
  readonly where?: Targeted['where']
  readonly origin?: string
}

export const deleteRows =
  ({ where, origin, onset, strength }: Deletion): Act =>
  (feed, seed) => {
    const u = uniforms(seed, 'deletion')
    const from = firstRow(feed, onset)
    const eventIds: string[] = []
    const kept = feed.filter((event, place) => {
      const hit =
        place >= from &&
        (where === undefined || isIn(event.data, where)) &&
        (origin === undefined || event.data.origin.id === origin) &&
        u(place) < strength
      if (hit) eventIds.push(event.id)
      return !hit
    })
    const subject = {
      ...(where ? { segment: { [where.feature]: where.value } } : {}),
      ...(origin === undefined ? {} : { origin }),
    }
    return { feed: kept, truth: { kind: 'poison.deletion', name: 'deletion', subject, eventIds } }
  }
