import { type CategoryColumn, noteStrange } from '@/lib/detect/drift/category/columns'
import { readCodesOf } from '@/lib/detect/drift/code/read'
import type { KeyOrder } from '@/lib/detect/drift/key-order'
import type { Features } from '@/lib/event/types'

/** Features beyond are not watched. */
export const mostFeatures = 256
/** Codes of the row at hand by unit; −1 where it has no category. */
export const codes = new Int16Array(mostFeatures)

/** Fills `codes`. @returns how many units have one. */
export function readCodes(watched: readonly CategoryColumn[], order: KeyOrder, features: Features): number {
  codes.fill(-1, 0, watched.length)
  return readCodesOf(codes, watched, order, features, noteStrange)
}

export function readNone(watched: readonly CategoryColumn[]): number {
  codes.fill(-1, 0, watched.length)
  return 0
}
