import { numberOf } from '@/lib/learn/recent'
import { mostStrata } from './strata'

/**
 * How often each origin's rows fall into each stratum: what comes is judged by who sends now, so that a source that retires, or sends less, takes
 * nothing from anybody. The first rows of an origin, and origins beyond the first 96, share place 0.
 */
export interface Mixes {
  places: Map<number, number>
  /** Rows of origins that have no place yet. */
  waiting: Map<number, number>
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
  rows: new Float64Array(mostPlaces + 1),
  counts: new Uint32Array(0),
})

export function placeOf(mixes: Mixes, origin: string): number {
  const id = numberOf(origin)
  const place = mixes.places.get(id)
  if (place !== undefined) return place
  if (mixes.places.size >= mostPlaces) return 0
  const rows = (mixes.waiting.get(id) ?? 0) + 1
  if (rows >= ownFrom) {
    mixes.waiting.delete(id)
    mixes.places.set(id, mixes.places.size + 1)
  } else {
    mixes.waiting.set(id, rows)
    if (mixes.waiting.size > mostWaiting)
      for (const oldest of mixes.waiting.keys()) {
        mixes.waiting.delete(oldest)
        break
      }
  }
  return 0
}

/** Learns a row's strata. */
export function learnMix(mixes: Mixes, place: number, strata: Int32Array, n: number): void {
  if (mixes.counts.length === 0) mixes.counts = new Uint32Array((mostPlaces + 1) * mostStrata)
  mixes.rows[place] = (mixes.rows[place] as number) + 1
  for (let i = 0; i < n; i++) {
    const at = place * mostStrata + (strata[i] as number)
    mixes.counts[at] = (mixes.counts[at] as number) + 1
  }
}

/** Chance that a row of this place falls into the stratum, `all` the chance that any does. */
export const chanceIn = ({ rows, counts }: Mixes, place: number, stratum: number, all: number): number =>
  ((counts[place * mostStrata + stratum] as number) + lean * all) / ((rows[place] as number) + lean)
