import type { Segment } from '@/lib/event/types'

/** The keys and values by which a model's rows are told apart, as the baseline knew them, and what came later under the first key. */
export interface SegmentBook {
  /** Segment keys in order of first appearance in the baseline; the first one makes the strata. */
  keys: string[]
  /** Code of each value (as a string; '' where the row lacks the key) by key, in order of first appearance. */
  codes: Map<string, number>[]
  /** Values of the first key with a code below this were in the baseline; later ones are new. */
  known: number
  /** Codes of the first key by row, 255 for codes from 255 on. */
  ring: Uint8Array
}

const mostKeys = 8
/** Values beyond share the last code, so that a hostile feed cannot grow the book. */
const mostValues = 254
/** A first key with more values in the baseline is an identifier, not a segment: it makes no strata. */
const mostStrata = 40
const ringRows = 20_000

export const startSegments = (): SegmentBook => ({ keys: [], codes: [], known: 0, ring: new Uint8Array(ringRows) })

export const segmentValue = (segment: Segment, key: string): string => {
  const value = segment[key]
  return value === undefined || value === null ? '' : String(value)
}

/** Takes the segment of a row. @returns the code of its value of the first key; 0 while no row had a segment, or where it has too many values. */
export function addSegments(book: SegmentBook, segment: Segment, row: number, baseline: boolean): number {
  if (baseline) {
    for (const key in segment) {
      if (book.keys.length >= mostKeys || book.keys.includes(key)) continue
      book.keys.push(key)
      book.codes.push(new Map())
    }
  }
  let stratum = 0
  for (let k = 0; k < book.keys.length; k++) {
    const codes = book.codes[k] as Map<string, number>
    const value = segmentValue(segment, book.keys[k] as string)
    let code = codes.get(value)
    if (code === undefined) {
      // Later values of other keys are not kept: only the first key makes strata.
      code = Math.min(codes.size, mostValues)
      if ((baseline || k === 0) && codes.size < mostValues) codes.set(value, code)
    }
    if (k === 0) stratum = code
  }
  if (baseline) book.known = book.codes[0]?.size ?? 1
  if (book.known > mostStrata) stratum = 0
  book.ring[row % ringRows] = stratum
  return stratum
}
