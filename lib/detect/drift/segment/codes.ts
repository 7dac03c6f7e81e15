import { type SegmentBook, segmentValue } from '@/lib/detect/segments'
import type { Segment } from '@/lib/event/types'

/** A value that the baseline did not have. */
export const unknownValue = 255
/** Keys with more values than this do not tell a launch: new values come to them all the time. */
const mostTelling = 40

/**
 * Fills `out` with the code of a row's value by segment key.
 * @returns false for a row of a value that the baseline did not know, under any key of few values: a launch, whose other novelties are its own.
 */
export function readSegment(book: SegmentBook, segment: Segment | undefined, out: Uint8Array): boolean {
  let familiar = true
  for (let k = 0; k < book.keys.length; k++) {
    const codes = book.codes[k] as Map<string, number>
    const code = codes.get(segment ? segmentValue(segment, book.keys[k] as string) : '')
    // Under the first key the book also codes later values.
    const known = code !== undefined && (k > 0 || code < book.known)
    out[k] = known ? code : unknownValue
    if (!known && (k > 0 ? codes.size : book.known) <= mostTelling) familiar = false
  }
  return familiar
}
