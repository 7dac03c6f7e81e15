import type { Label } from '@/lib/event/types'
import { startUnits, type Units } from './units'

/** All that the label-flip detector keeps between events. */
export interface FlipState {
  origins: Units
  labelers: Units
  /** Names of the classes, as the learner numbers them: for screens. None where labels are numbers. */
  names: readonly Label[]
}

export const startFlipState = (): FlipState => ({ origins: startUnits(), labelers: startUnits(), names: [] })
