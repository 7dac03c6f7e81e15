import { hashStart, hashText, spread } from '@/lib/learn/inputs/hash'
import type { Judgement } from '@/lib/learn/judge/calibrate'
import { placesKept } from './places'
import { pointLength } from './point'
import { wordsKept } from './words'

/** The last 8,192 judged rows of all sources, as little of each as the comparison of one source with the others needs. */
export interface Recent {
  size: number
  next: number
  /** Labels are numbers: the classes are how they lie to what is expected (./regressor.ts), so that no honest source has a mix of them. */
  numeric: boolean
  /** `numberOf` its origin, and its labeler; `nobody` where it has none. */
  origin: Int32Array
  labeler: Int32Array
  index: Float64Array
  favourite: Uint8Array
  y: Uint8Array
  /** Chance of disagreement, common shift left out. */
  disagree: Float32Array
  /** Chance of the label that it has, on the same terms. */
  own: Float32Array
  /** Its first regions (./encode.ts), `regionsKept` slots a row; -1: none. */
  region: Int32Array
  /** The places that it lies in (./places.ts), `placesKept` slots a row; -1: none. */
  place: Int32Array
  /** Its point (./point.ts), `pointLength` slots a row; NaN in the first: none. */
  point: Float32Array
  /** Some words of its text (./words.ts), `wordsKept` slots a row; -1: no more. Empty until a row has a text. */
  word: Int32Array
}

/** Where a row lies. One object, reused from row to row. */
export interface Whereabouts {
  places: number
  place: Int32Array
  hasPoint: boolean
  point: Float32Array
  words: number
  word: Int32Array
}

export const emptyWhereabouts = (): Whereabouts => ({
  places: 0,
  place: new Int32Array(placesKept),
  hasPoint: false,
  point: new Float32Array(pointLength),
  words: 0,
  word: new Int32Array(wordsKept),
})

// Bound once: an import that is asked for in a hot loop costs as much as the loop.
const [placeSlots, pointSlots, wordSlots] = [placesKept, pointLength, wordsKept]

export const mostRecent = 8192
export const regionsKept = 6
export const nobody = -1

/** A number that stands for an origin's or a labeler's name: 31 bits of its hash. */
export const numberOf = (id: string): number => spread(hashText(hashStart, id)) >>> 1

/** Room for so many rows: none until the first is judged, for many models have no training rows at all. */
const room = (rows: number) => ({
  origin: new Int32Array(rows),
  labeler: new Int32Array(rows),
  index: new Float64Array(rows),
  favourite: new Uint8Array(rows),
  y: new Uint8Array(rows),
  disagree: new Float32Array(rows),
  own: new Float32Array(rows),
  region: new Int32Array(rows * regionsKept).fill(-1),
  place: new Int32Array(rows * placesKept).fill(-1),
  point: new Float32Array(rows * pointLength).fill(Number.NaN),
  word: new Int32Array(0),
})

export const startRecent = (): Recent => ({ size: 0, next: 0, numeric: false, ...room(0) })

/** @param origin `numberOf` its origin; @param labeler that of its labeler, or `nobody`. */
export function remember(
  recent: Recent,
  j: Judgement,
  y: number,
  index: number,
  origin: number,
  labeler: number,
  lies?: Whereabouts,
): void {
  if (recent.origin.length === 0) Object.assign(recent, room(mostRecent))
  const at = recent.next
  const steady = Math.min(Math.max(j.steady, 0.004), j.classes === 2 ? 0.5 : 0.75)
  recent.origin[at] = origin
  recent.labeler[at] = labeler
  recent.index[at] = index
  recent.favourite[at] = j.favourite
  recent.y[at] = y
  recent.disagree[at] = steady
  recent.own[at] = y === j.favourite ? 1 - steady : ((j.p[y] as number) * steady) / j.disagree
  for (let r = 0; r < regionsKept; r++)
    recent.region[at * regionsKept + r] = r < j.regions ? (j.region[r] as number) : -1
  const places = lies?.places ?? 0
  // Where no row lies anywhere, as when nobody asks, the slots are empty as they are.
  if (places > 0 || recent.place[at * placeSlots] !== -1)
    for (let k = 0; k < placeSlots; k++)
      recent.place[at * placeSlots + k] = k < places ? (lies?.place[k] as number) : -1
  if (lies?.hasPoint) recent.point.set(lies.point, at * pointSlots)
  else recent.point[at * pointSlots] = Number.NaN
  const words = lies?.words ?? 0
  if (words > 0 && recent.word.length === 0) recent.word = new Int32Array(mostRecent * wordSlots).fill(-1)
  if (recent.word.length > 0)
    for (let k = 0; k < wordSlots; k++) recent.word[at * wordSlots + k] = k < words ? (lies?.word[k] as number) : -1
  recent.next = (at + 1) % mostRecent
  if (recent.size < mostRecent) recent.size++
}

/** Slots of the rows since `sinceIndex`, the latest first. */
export function* since(recent: Recent, sinceIndex: number): Generator<number> {
  for (let back = 1; back <= recent.size; back++) {
    const at = (recent.next - back + mostRecent) % mostRecent
    if ((recent.index[at] as number) < sinceIndex) return
    yield at
  }
}
