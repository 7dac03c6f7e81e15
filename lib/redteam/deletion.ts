import { type Act, firstRow, type Strength, uniforms } from './stage'
import { isIn, type Targeted } from './targeted'

/** Rows of a stratum, of a label, of an origin (leaving gaps in its sequence) stop coming; totals are kept up by copying no one: they merely shrink. */
export interface Deletion extends Strength {
  readonly where?: Targeted['where']
  readonly origin?: string
  readonly label?: string | number
}

export const deleteRows =
  ({ where, origin, label, onset, strength }: Deletion): Act =>
  (feed, seed) => {
    const u = uniforms(seed, 'deletion')
    const from = firstRow(feed, onset)
    const eventIds: string[] = []
    const kept = feed.filter((event, place) => {
      const hit =
        place >= from &&
        (where === undefined || isIn(event.data, where)) &&
        (origin === undefined || event.data.origin.id === origin) &&
        (label === undefined || event.data.label === label) &&
        u(place) < strength
      if (hit) eventIds.push(event.id)
      return !hit
    })
    const subject = {
      ...(where ? { segment: { [where.feature]: where.value } } : {}),
      ...(origin === undefined ? {} : { origin }),
      ...(label === undefined ? {} : { label }),
    }
    return { feed: kept, truth: { kind: 'poison.deletion', name: 'deletion', subject, eventIds } }
  }
