import { type ItemKeys, startItemKeys } from './item-key'
import type { Items } from './items'
import { type Residuals, startResiduals } from './residual'
import { startVoices, type Voices } from './voices'

/** All that the shilling detector keeps between events: at most 4,096 items and 16,384 raters. */
export interface ShillingState {
  keys: ItemKeys
  items: Items
  residuals: Residuals
  voices: Voices
  /** New raters' ratings, and how many lay in either tail. */
  youngRows: number
  youngUp: number
  youngDown: number
  /** Ratings, and those by raters who had rated the item before. */
  rated: number
  again: number
}

export const startShilling = (): ShillingState => ({
  keys: startItemKeys(),
  items: new Map(),
  residuals: startResiduals(),
  voices: startVoices(),
  youngRows: 0,
  youngUp: 0,
  youngDown: 0,
  rated: 0,
  again: 0,
})
