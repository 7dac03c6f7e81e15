import { centreOf, towards } from './centre'
import { type Act, labelsOf, rewrite, type Strength, uniforms } from './stage'

/** Right labels on crafted inputs: rows of one class are moved on to another class's centre, so that the class comes to claim it. */
export interface CleanLabel extends Strength {
  readonly origin: string
  /** The class whose rows are crafted, and the one whose place they take. */
  readonly label: string | number
  readonly near?: string | number
  /** How much of the way to the other centre a crafted row goes: 0 … 1. */
  readonly part: number
}

export const collide =
  ({ origin, label, near, part, onset, strength }: CleanLabel): Act =>
  (feed, seed) => {
    const u = uniforms(seed, 'clean-label')
    const target = near ?? labelsOf(feed).find((other) => other !== label) ?? label
    const centre = centreOf(feed, target)
    const staged = rewrite(feed, onset, (row, place) =>
      row.origin.id === origin && row.label === label && u(place) < strength ? towards(row, centre, part) : null,
    )
    return {
      feed: staged.feed,
      truth: { kind: 'poison.clean_label', name: 'clean label', subject: { origin, label }, eventIds: staged.eventIds },
    }
  }
