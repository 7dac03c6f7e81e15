import { type Act, labelsOf, otherLabel, rewrite, type Strength, uniforms } from './stage'

/** One source, or one labeler, turns the labels of a share of its rows. */
export interface Flip extends Strength {
  readonly origin?: string
  readonly labeler?: string
  /** The label that it turns to; any other one when absent. */
  readonly to?: string | number
}

export const flipLabels =
  ({ origin, labeler, to, onset, strength }: Flip): Act =>
  (feed, seed) => {
    const u = uniforms(seed, 'flip')
    const labels = labelsOf(feed)
    const staged = rewrite(feed, onset, (row, place) => {
      if (origin !== undefined && row.origin.id !== origin) return null
      if (labeler !== undefined && row.labeler !== labeler) return null
      if (u(2 * place) >= strength) return null
      const label = to ?? otherLabel(labels, row.label, u(2 * place + 1))
      return label === row.label ? null : { ...row, label }
    })
    const subject = { ...(origin === undefined ? {} : { origin }), ...(labeler === undefined ? {} : { labeler }) }
    return {
      feed: staged.feed,
      truth: { kind: 'poison.label_flip', name: 'label flips', subject, eventIds: staged.eventIds },
    }
  }
