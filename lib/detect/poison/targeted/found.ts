import { isThere } from '@/lib/detect/poison/attribute/condition'
import { badChance, priorShare } from '@/lib/detect/poison/row-suspicion'
import type { TrainingData } from '@/lib/event/types'
import type { Judgement } from '@/lib/learn/judge/calibrate'
import { placesKept, placesOf } from '@/lib/learn/place/places'
import type { Witness } from '@/lib/learn/witness'
import type { Source } from './sources'
import type { PlacesState } from './state'

/**
 * The row at hand, of somebody who was not accused, where others were found to pull to a label: the chance that he is one of them. What share of such rows
 * is bad shows there, row by row (online EM); at first it is as small as among anybody with something against him.
 */
export function suspicionInFound({ accused }: PlacesState, { lies, y }: Witness, judged: Judgement): number {
  let worst = 0
  for (const { place, y: to, others } of accused) {
    if (judged.favourite === to || place.length === 0 || !isThere(lies, place)) continue
    const chance = to === y ? badChance(others.bad / others.rows, 1, judged.p[y] as number) : 0
    others.rows++
    others.bad += chance
    worst = Math.max(worst, chance)
  }
  return worst
}

export const startOthers = () => ({ ...priorShare })

const here = { places: 0, place: new Int32Array(placesKept) }

/** A row of an accused source: worse where it goes the way that was found, in the place where it was. Elsewhere its rows were found fine. */
export function ofAccused(
  state: PlacesState,
  source: Source,
  { y, places }: Witness,
  judged: Judgement,
  { features, segment }: TrainingData,
): number {
  if (judged.favourite === y) return 0
  const found = state.accused.filter(({ origins, y: to }) => to === y && origins.includes(source.number))
  if (found.length === 0) return 0
  // Of who is not believed it was not worked out.
  here.places = placesOf(places, features, segment, here.place)
  return found.some(({ place }) => isThere(here, place)) ? 0.5 + 0.5 * (1 - (judged.p[y] as number)) : 0
}
