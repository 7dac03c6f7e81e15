import type { Judgement } from './calibrate'
import { hashStart, hashText, spread } from './hash'

/** The last 8,192 judged rows of all sources, as little of each as the comparison of one source with the others needs. */
export interface Recent {
  size: number
  next: number
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
}

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
})

export const startRecent = (): Recent => ({ size: 0, next: 0, ...room(0) })

/** @param origin `numberOf` its origin; @param labeler that of its labeler, or `nobody`. */
export function remember(
  recent: Recent,
  j: Judgement,
  y: number,
  index: number,
  origin: number,
  labeler: number,
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
