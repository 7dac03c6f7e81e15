import { type ClassFamily, type ClassUnit, isLeaf } from '@/lib/detect/concept/class-family'
import { rearm } from '@/lib/detect/concept/class-settle'
import { type Episode, startEpisode } from '@/lib/detect/concept/episode'
import type { ConceptState } from '@/lib/detect/concept/state'
import type { Frame } from '@/lib/detect/frame'

/**
 * When an alarm of a unit of classes opens an episode.
 */

/** Rows after an episode opened from which the leaves may say that another change began. */
const renewRows = 250
/** The episode opens: a leaf unit that did not alarm learns the new rule from its onset on. */
export function openEpisode(
  state: ConceptState,
  frame: Frame,
  family: ClassFamily,
  one: ClassUnit,
  onset: number,
  mixOnly: boolean,
): Episode {
  const episode = startEpisode(onset, state.events)
  episode.mixOnly = mixOnly
  state.episode = episode
  state.openedAt = state.open.next - 1
  if (!mixOnly)
    for (const leaf of family.units) if (isLeaf(leaf.name) && leaf !== one) rearm(state, frame, leaf, onset, 0)
  return episode
}
/** Did it begin well after the episode opened, by a unit that knows the level since? Then it is another change, however soon. */
export function isAfter(state: ConceptState, one: ClassUnit, onset: number): boolean {
  const { open, openedAt } = state
  return onset > openedAt + renewRows && one.armedAt > (open.judgedAt[openedAt % open.capacity] as number)
}
