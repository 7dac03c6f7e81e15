import type { InitContext } from '@/lib/detect/detector'
import { type Shadow, startShadow } from '@/lib/learn/shadow'
import { type Recent, startRecent } from './recent'
import { startUnits, type Units } from './units'

/** All that the label-flip detector keeps between events. */
export interface FlipState {
  shadow: Shadow
  origins: Units
  labelers: Units
  recent: Recent
}

export const startFlipState = (ctx: InitContext): FlipState => ({
  shadow: startShadow(ctx),
  origins: startUnits(),
  labelers: startUnits(),
  recent: startRecent(),
})
