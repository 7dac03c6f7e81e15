import { type CategoryColumn, noteStrange } from '@/lib/detect/drift/category/columns'
import { categoryOf, codeOf } from '@/lib/detect/drift/code/book'
import { type KeyOrder, slotsOf } from '@/lib/detect/drift/key-order'
import { fieldsOf } from '@/lib/detect/fields'
import type { Features } from '@/lib/event/types'

/** Features beyond are not watched. */
export const mostFeatures = 256
/** Codes of the row at hand by unit; −1 where it has no category. */
export const codes = new Int16Array(mostFeatures)

/** Fills `codes`. @returns how many units have one. */
export function readCodes(watched: readonly CategoryColumn[], order: KeyOrder, features: Features): number {
  codes.fill(-1, 0, watched.length)
  let live = 0
  const fields = fieldsOf(features)
  const { count, values } = fields
  const slots = slotsOf(order, fields)
  for (let i = 0; i < count; i++) {
    const slot = slots[i] as number
    if (slot < 0) continue
    const category = categoryOf(values[i])
    if (category === null) continue
    const column = watched[slot] as CategoryColumn
    const code = codeOf(column.book, category)
    if (code === column.book.names.length) noteStrange(column, category)
    codes[slot] = code
    live++
  }
  return live
}

export function readNone(watched: readonly CategoryColumn[]): number {
  codes.fill(-1, 0, watched.length)
  return 0
}
