import {
  binOfPlace,
  categoryName,
  featureIdOf,
  isCategory,
  type Places,
  placesKept,
  rangeOf,
} from '@/lib/learn/place/places'
import type { Recent, Whereabouts } from '@/lib/learn/place/recent'

/** One side of a place: a category's value, or bins `from … to` of a number (lib/learn/place/places.ts). */
export type Condition =
  | { readonly category: number }
  | { readonly feature: number; readonly from: number; readonly to: number }

/** All of its conditions hold there: one or two. */
export type Place = readonly Condition[]

export const conditionOf = (place: number): Condition =>
  isCategory(place)
    ? { category: place }
    : { feature: featureIdOf(place), from: binOfPlace(place), to: binOfPlace(place) }

// Bound once: an import that is asked for in a hot loop costs as much as the loop.
const [placeSlots, featureAt, isCategoryAt, binAt] = [placesKept, featureIdOf, isCategory, binOfPlace]

/** @param slots places of rows; those of the row in question from `from` to before `end`. */
function holds(slots: Int32Array, from: number, end: number, condition: Condition): boolean {
  for (let k = from; k < end; k++) {
    const place = slots[k] as number
    if (place < 0) return false
    if ('category' in condition) {
      if (place === condition.category) return true
    } else if (!isCategoryAt(place) && featureAt(place) === condition.feature)
      return binAt(place) >= condition.from && binAt(place) <= condition.to
  }
  return false
}

export function liesIn(recent: Recent, at: number, place: Place): boolean {
  const from = at * placeSlots
  for (const condition of place) if (!holds(recent.place, from, from + placeSlots, condition)) return false
  return true
}

/** Does a row that lies so lie in the place? */
export function isThere({ place: slots, places }: Pick<Whereabouts, 'place' | 'places'>, place: Place): boolean {
  for (const condition of place) if (!holds(slots, 0, places, condition)) return false
  return true
}

/** In the words of a subject: `region=west & amount=3.2…5`. Null where a value's name was not kept. */
export function nameOf(places: Places, place: Place): string | null {
  const words: string[] = []
  for (const condition of place) {
    const id = 'category' in condition ? featureIdOf(condition.category) : condition.feature
    const feature = places.names[id]?.name
    const value =
      'category' in condition
        ? categoryName(places, condition.category)
        : rangeName(rangeOf(places, id, condition.from, condition.to))
    if (feature === undefined || value === null) return null
    words.push(`${feature}=${value}`)
  }
  return words.join(' & ')
}

const digits = (value: number) => String(Number(value.toPrecision(4)))
const rangeName = ([low, high]: [number, number]) =>
  `${Number.isFinite(low) ? digits(low) : ''}…${Number.isFinite(high) ? digits(high) : ''}`

/** The segment that the place is, where all of its conditions are segments' values. */
export function segmentOf(places: Places, place: Place): Record<string, string> | null {
  const segment: Record<string, string> = {}
  for (const condition of place) {
    if (!('category' in condition)) return null
    const at = places.names[featureIdOf(condition.category)]
    const value = categoryName(places, condition.category)
    if (!at?.isSegment || value === null) return null
    segment[at.name] = value
  }
  return segment
}
