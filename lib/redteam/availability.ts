import { type Act, labelsOf, otherLabel, rewrite, type Strength, uniforms } from './stage'

/** Many sources together wreck the model: each turns labels at random in a share of its rows. */
export interface Availability extends Strength {
  readonly origins: readonly string[]
}

export const degradeAll =
  ({ origins, onset, strength }: Availability): Act =>
  (feed, seed) => {
    const u = uniforms(seed, 'availability')
    const labels = labelsOf(feed)
    const staged = rewrite(feed, onset, (row, place) => {
      if (!origins.includes(row.origin.id) || u(2 * place) >= strength) return null
      return { ...row, label: otherLabel(labels, row.label, u(2 * place + 1)) }
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
