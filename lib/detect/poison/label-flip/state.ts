import type { Label } from '@/lib/event/types'
import { type Seen, startSeen } from './seen'
import { startUnits, type Units } from './units'

/** All that the label-flip detector keeps between events. */
export interface FlipState {
  origins: Units
  labelers: Units
  /** Names of the classes, as the learner numbers them: for screens. None where labels are numbers. */
  names: readonly Label[]
  /** Are labels numbers? What was noted of classes means nothing of numbers. */
  numeric: boolean
  /** Where labels are numbers: how they lie, by the ways of each origin and labeler. */
  seen: { origin: Seen; labeler: Seen }
}

export const startFlipState = (): FlipState => ({
  origins: startUnits(),
  labelers: startUnits(),
  names: [],
  numeric: false,
  seen: { origin: startSeen(), labeler: startSeen() },
})
