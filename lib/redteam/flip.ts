import { type Act, labelsOf, rewrite, type Strength, type Turn, turn, uniforms } from './stage'

/** One source, or one labeler, turns the labels of a share of its rows. */
export interface Flip extends Strength, Turn {
  readonly origin?: string
  readonly labeler?: string
}

export const flipLabels =
  ({ origin, labeler, onset, strength, ...how }: Flip): Act =>
  (feed, seed) => {
    const u = uniforms(seed, 'flip')
    const labels = labelsOf(feed)
    const staged = rewrite(feed, onset, (row, place) => {
      if (origin !== undefined && row.origin.id !== origin) return null
      if (labeler !== undefined && row.labeler !== labeler) return null
      if (u(2 * place) >= strength) return null
      const label = turn(labels, row.label, how, u(2 * place + 1))
      return label === row.label ? null : { ...row, label }
    })
    const subject = { ...(origin === undefined ? {} : { origin }), ...(labeler === undefined ? {} : { labeler }) }
    return {
      feed: staged.feed,
      truth: { kind: 'poison.label_flip', name: 'label flips', subject, eventIds: staged.eventIds },
    }
  }
