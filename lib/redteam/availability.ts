import { type Act, labelsOf, rewrite, type Strength, type Turn, turn, uniforms } from './stage'

/** Many sources together wreck the model: each turns labels at random in a share of its rows. */
export interface Availability extends Strength, Turn {
  readonly origins: readonly string[]
}

export const degradeAll =
  ({ origins, onset, strength, ...how }: Availability): Act =>
  (feed, seed) => {
    const u = uniforms(seed, 'availability')
    const labels = labelsOf(feed)
    const staged = rewrite(feed, onset, (row, place) => {
      if (!origins.includes(row.origin.id) || u(2 * place) >= strength) return null
      return { ...row, label: turn(labels, row.label, how, u(2 * place + 1)) }
    })
    return {
      feed: staged.feed,
      truth: {
        kind: 'poison.availability',
        name: 'availability',
        subject: { origins },
        eventIds: staged.eventIds,
      },
    }
  }
