import { type Fields, fieldsOf } from '@/lib/detect/fields'
import type { Features, FeatureValue, Segment } from '@/lib/event/types'
import { addToColumn, binInColumn, type Column, columnValues, startColumn } from '@/lib/learn/inputs/columns'
import { hashStart, hashText, spread } from '@/lib/learn/inputs/hash'
import { type EdgeGrid, edgeGrid } from '@/lib/stats/edge-grid'

/**
 * The places that a row lies in: a segment's value, a category's value, a twelfth of a number's range. A number that only takes a few values (a flag, a
 * level) is a category: quantiles would lay its rare values together. A place is a number: its feature's id (10 bits), then one bit that says it is a
 * category, then the bin or 20 bits of the value's hash.
 */
export interface Places {
  features: Map<string, PlaceFeature>
  segments: Map<string, PlaceFeature>
  /** By id. */
  names: { name: string; isSegment: boolean }[]
  /** Values whose names are kept, over all features. */
  kept: number
}

export interface PlaceFeature {
  readonly id: number
  /** Of its numbers. */
  column: Column
  /** Its numbers only take a few values: they are categories. */
  isCode: boolean
  /** Its categories by name. */
  values: Map<string, number>
}

/** Places of one row at most: its segments first, then its features in the order in which they come; where they are more, its categories before its numbers. */
export const placesKept = 24
/** Values that a number may take, of the first 200, for a code. */
const mostCodes = 6
export const mostFeatures = 256
const mostNamed = 16_384
const longestValue = 200
const valueBits = 20
const categoryBit = 1 << valueBits
const idShift = valueBits + 1

export const startPlaces = (): Places => ({ features: new Map(), segments: new Map(), names: [], kept: 0 })

/** A feature as rows have it, with the grid of its edges once they are fixed. */
interface Expected {
  readonly name: string
  readonly feature: PlaceFeature
  grid: EdgeGrid | null
}

/** Features in the order of the last row: nearly every row has the same. Worked out anew after a restart. */
const orders = new WeakMap<Places, Expected[]>()

function orderOf(places: Places): Expected[] {
  let order = orders.get(places)
  if (!order) {
    order = []
    orders.set(places, order)
  }
  return order
}

/** @param at the feature's place in its row. @returns null where there are too many features. */
function expectedAt(places: Places, order: Expected[], at: number, name: string): Expected | null {
  const expected = order[at]
  if (expected !== undefined && expected.name === name) return expected
  const feature = featureOf(places, places.features, name, false)
  if (!feature) return null
  const made = { name, feature, grid: null }
  if (at < mostFeatures) order[at] = made
  return made
}

/** The feature at a place of the row that `placesOf` was given last; null where it has none. */
export function featureAt(places: Places, at: number, name: string): PlaceFeature | null {
  const expected = orderOf(places)[at]
  return expected !== undefined && expected.name === name ? expected.feature : (places.features.get(name) ?? null)
}

/** Writes the row's places into `out` and fixes the bins of its numbers. @returns how many. */
export function placesOf(places: Places, features: Features, segment: Segment | undefined, out: Int32Array): number {
  let count = 0
  for (const name in segment) {
    if (count >= placesKept) return count
    const feature = featureOf(places, places.segments, name, true)
    const value = segment[name]
    if (feature && value !== undefined && value !== null) out[count++] = categoryOf(places, feature, value)
  }
  const order = orderOf(places)
  const fields = fieldsOf(features)
  const { count: all, names, numbers, others } = fields
  const isWide = isTooWide(fields, count)
  let ranges = 0
  for (let at = 0; at < all; at++) {
    if (count >= placesKept) return count
    const expected = expectedAt(places, order, at, names[at] as string)
    if (!expected) continue
    const { feature } = expected
    const number = numbers[at] as number
    if (Number.isNaN(number)) {
      const value = others[at] as FeatureValue
      if (value !== null && typeof value !== 'number') out[count++] = categoryOf(places, feature, value)
      continue
    }
    const { column } = feature
    if (!column.edges) seeNumber(feature, number)
    if (!column.edges) continue
    if (feature.isCode) {
      out[count++] = categoryOf(places, feature, number)
      continue
    }
    expected.grid ??= edgeGrid(column.edges)
    const range = (feature.id << idShift) | binInColumn(expected.grid, number)
    if (!isWide) out[count++] = range
    else if (ranges < placesKept) waiting[ranges++] = range
  }
  for (let r = 0; r < ranges && count < placesKept; r++) out[count++] = waiting[r] as number
  return count
}

/** Ranges that wait for the row's categories. */
const waiting = new Int32Array(placesKept)

function isTooWide({ count: all, numbers, others }: Fields, count: number): boolean {
  if (count + all <= placesKept) return false
  for (let at = 0; at < all; at++)
    if ((others[at] !== null || !Number.isNaN(numbers[at] as number)) && ++count > placesKept) return true
  return false
}

/** Takes a number in; the last of the first ones says whether they are a code. */
function seeNumber(feature: PlaceFeature, value: number): void {
  const { column } = feature
  if (column.first.length === columnValues - 1) feature.isCode = new Set(column.first).add(value).size <= mostCodes
  addToColumn(column, value, columnValues)
}

export const featureIdOf = (place: number): number => place >>> idShift
export const isCategory = (place: number): boolean => (place & categoryBit) !== 0
/** Bin of a place that is none of a category: 0 … 11. */
export const binOfPlace = (place: number): number => place & (categoryBit - 1)

/** @returns the category's name; null where it is not kept. */
export function categoryName(places: Places, place: number): string | null {
  const at = places.names[featureIdOf(place)]
  const feature = at && (at.isSegment ? places.segments : places.features).get(at.name)
  if (feature) for (const [value, key] of feature.values) if (key === place) return value
  return null
}

/** Edges of the bins `from … to` of a number: −∞ and ∞ where open. */
export function rangeOf(places: Places, feature: number, from: number, to: number): [number, number] {
  const edges = places.features.get(places.names[feature]?.name ?? '')?.column.edges
  return [edges?.[from - 1] ?? Number.NEGATIVE_INFINITY, edges?.[to] ?? Number.POSITIVE_INFINITY]
}

function featureOf(
  places: Places,
  into: Map<string, PlaceFeature>,
  name: string,
  isSegment: boolean,
): PlaceFeature | null {
  const known = into.get(name)
  if (known) return known
  if (places.names.length >= mostFeatures) return null
  const made = { id: places.names.length, column: startColumn(), isCode: false, values: new Map() }
  places.names.push({ name, isSegment })
  into.set(name, made)
  return made
}

function categoryOf(places: Places, feature: PlaceFeature, value: string | number | boolean): number {
  const text = typeof value === 'string' ? value.slice(0, longestValue) : String(value)
  const known = feature.values.get(text)
  if (known !== undefined) return known
  const place = (feature.id << idShift) | categoryBit | (spread(hashText(hashStart, text)) & (categoryBit - 1))
  if (places.kept < mostNamed) {
    feature.values.set(text, place)
    places.kept++
  }
  return place
}
