import { numberOf } from '@/lib/learn/place/recent'
import { mostStrata } from './strata'

/**
 * How often each origin's rows fall into each stratum: what comes is judged by who sends now, so that a source that retires, or sends less, takes
 * nothing from anybody. The first rows of an origin, and origins beyond the first 96, share place 0.
 */
export interface Mixes {
  places: Map<number, number>
  /** Rows of origins that have no place yet; below 0 when the origin was not there at the start. */
  waiting: Map<number, number>
  /** Places of origins that were not there at the start. */
  late: Set<number>
  rows: Float64Array
  /** By place × stratum. */
  counts: Uint32Array
}

const mostPlaces = 96
const mostWaiting = 4096
/** Rows of an origin before it has its own place. */
const ownFrom = 60
/** Rows by which a place leans on all. */
const lean = 20

export const startMixes = (): Mixes => ({
  places: new Map(),
  waiting: new Map(),
  late: new Set(),
  rows: new Float64Array(mostPlaces + 1),
  counts: new Uint32Array(0),
})

/** @param atStart whether the stream has just begun: origins that come later are strangers for a while. */
export function placeOf(mixes: Mixes, origin: string, atStart: boolean): { place: number; isLate: boolean } {
  const { places, waiting, late } = mixes
  const id = number(origin)
  const place = places.get(id)
  if (place !== undefined) return at(place, late.has(place))
  const before = waiting.get(id) ?? 0
  const isLate = before < 0 || (before === 0 && !atStart)
  const rows = Math.abs(before) + 1
  if (rows >= ownFrom && places.size < mostPlaces) {
    waiting.delete(id)
    const made = places.size + 1
    places.set(id, made)
    if (isLate) late.add(made)
    return at(0, isLate)
  }
  waiting.set(id, isLate ? -rows : rows)
  if (waiting.size > mostWaiting) dropOldest(waiting)
  return at(0, isLate)
}

const answer = { place: 0, isLate: false }
function at(place: number, isLate: boolean): typeof answer {
  answer.place = place
  answer.isLate = isLate
  return answer
}

function dropOldest(waiting: Map<number, number>): void {
  for (const oldest of waiting.keys()) {
    waiting.delete(oldest)
    return
  }
}

// Bound once: an import that is asked for in a hot loop costs as much as the loop.
const [each, number] = [mostStrata, numberOf]

/** Learns a row's strata. */
export function learnMix(mixes: Mixes, place: number, strata: Int32Array, n: number): void {
  if (mixes.counts.length === 0) mixes.counts = new Uint32Array((mostPlaces + 1) * each)
  const { rows, counts } = mixes
  rows[place] = (rows[place] as number) + 1
  for (let i = 0; i < n; i++) {
    const at = place * each + (strata[i] as number)
    counts[at] = (counts[at] as number) + 1
  }
}

/** Adds to `due`, by stratum, what so many rows of this place make due. @param all by stratum: the chance that any row falls into it. */
export function addDue(mixes: Mixes, place: number, of: number, all: Float64Array, due: Float64Array, n: number): void {
  const { counts } = mixes
  const rows = (mixes.rows[place] as number) + lean
  const from = place * each
  for (let s = 0; s < n; s++)
    due[s] = (due[s] as number) + of * (((counts[from + s] as number) + lean * (all[s] as number)) / rows)
}
