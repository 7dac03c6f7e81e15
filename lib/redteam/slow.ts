import { type Act, firstRow, labelsOf, rewrite, type Strength, type Turn, turn, uniforms } from './stage'

/** The boiling frog: the share of turned labels rises from nothing to `strength` between the onset and the end. One source, or many that are each small. */
export interface Slow extends Strength, Turn {
  readonly origins: readonly string[]
}

export const boilSlowly =
  ({ origins, onset, strength, ...how }: Slow): Act =>
  (feed, seed) => {
    const u = uniforms(seed, 'slow')
    const labels = labelsOf(feed)
    const from = firstRow(feed, onset)
    const staged = rewrite(feed, onset, (row, place) => {
      const ramp = (strength * (place - from)) / Math.max(1, feed.length - from)
      if (!origins.includes(row.origin.id) || u(2 * place) >= ramp) return null
      const label = turn(labels, row.label, how, u(2 * place + 1))
      return label === row.label ? null : { ...row, label }
    })
    const [origin] = origins
    const subject = origins.length === 1 && origin !== undefined ? { origin } : { origins }
    return { feed: staged.feed, truth: { kind: 'poison.slow', name: 'slow', subject, eventIds: staged.eventIds } }
  }
