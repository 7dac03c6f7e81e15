import { hashInt, spread } from '@/lib/learn/inputs/hash'
import { binOfPlace, isCategory, placesKept } from '@/lib/learn/place/places'
import type { Whereabouts } from '@/lib/learn/place/recent'

/**
 * The places that a row is counted in: its categories, segments and quarters of its numbers' ranges, and pairs among the first six of these. Narrower
 * ranges are found once their quarter speaks (../attribute/where.ts). A place is 32 bits, and the one or two sides that say what it is.
 */
export interface Enumerated {
  count: number
  /** The first so many are the categories, segments and quarters. */
  coarse: number
  key: Int32Array
  /** Sides of the place (lib/learn/place/places.ts; quarters: see `quarterBit`); −1: it has one only. */
  first: Int32Array
  second: Int32Array
}

const mostPaired = 6
export const mostPlaces = placesKept + (mostPaired * (mostPaired - 1)) / 2
/** Marks a quarter of a number's range: its bin is 0 … 3. */
const quarterBit = 1 << 8
const binsOfQuarter = 3

export const startEnumerated = (): Enumerated => ({
  count: 0,
  coarse: 0,
  key: new Int32Array(mostPlaces),
  first: new Int32Array(mostPlaces),
  second: new Int32Array(mostPlaces),
})

// Bound once: an import that is asked for in a hot loop costs as much as the loop.
const [mix, stir] = [hashInt, spread]
const paired = new Int32Array(mostPaired)

export function enumerate({ places, place }: Whereabouts, out: Enumerated): void {
  out.count = 0
  let pairs = 0
  for (let k = 0; k < places; k++) {
    const at = place[k] as number
    const bin = binOfPlace(at)
    const side = isCategory(at) ? at : (at - bin) | quarterBit | Math.floor(bin / binsOfQuarter)
    put(out, side, -1)
    if (pairs < mostPaired) paired[pairs++] = side
  }
  out.coarse = out.count
  for (let a = 0; a < pairs; a++) for (let b = a + 1; b < pairs; b++) put(out, paired[a] as number, paired[b] as number)
}

function put(out: Enumerated, first: number, second: number): void {
  if (out.count >= mostPlaces) return
  out.key[out.count] = stir(mix(mix(0x811c9dc5, first), second))
  out.first[out.count] = first
  out.second[out.count++] = second
}

/** Bins of a side that is one of a number. */
export function binsOf(side: number): [number, number] {
  const bin = binOfPlace(side)
  if ((bin & quarterBit) === 0) return [bin, bin]
  const quarter = bin & (quarterBit - 1)
  return [quarter * binsOfQuarter, quarter * binsOfQuarter + binsOfQuarter - 1]
}
