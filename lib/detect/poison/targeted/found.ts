import { liesIn } from '@/lib/detect/poison/attribute/condition'
import type { Judgement } from '@/lib/learn/judge/calibrate'
import { mostRecent } from '@/lib/learn/place/recent'
import type { Witness } from '@/lib/learn/witness'
import type { Source } from './sources'
import type { PlacesState } from './state'

/** Does the row at hand say the label that somebody was found to pull to, in that place? */
export function isInFound({ accused }: PlacesState, { recent }: Witness, y: number): boolean {
  const last = (recent.next + mostRecent - 1) % mostRecent
  for (const { place, y: to } of accused) if (to === y && place.length > 0 && liesIn(recent, last, place)) return true
  return false
}

/** A row of an accused source: worse where it goes the way that was found. Its whereabouts are not worked out any more. */
export function ofAccused(state: PlacesState, source: Source, y: number, judged: Judgement): number {
  if (judged.favourite === y) return 0
  for (const { origins, y: to } of state.accused)
    if (to === y && origins.includes(source.number)) return 0.5 + 0.5 * (1 - (judged.p[y] as number))
  return 0
}
