import { type CodeBook, categoryOf, codeOf } from '@/lib/detect/drift/code/book'
import { type KeyOrder, slotsOf } from '@/lib/detect/drift/key-order'
import { fieldsOf } from '@/lib/detect/fields'
import type { Features } from '@/lib/event/types'

/**
 * Writes the codes of a row's categories to `out`, by column; what has none there stays as it is.
 * @param strange is told of categories that their column does not know.
 * @returns how many columns have one.
 */
export function readCodesOf<C extends { readonly book: CodeBook }>(
  out: Int16Array | Uint8Array,
  columns: readonly C[],
  order: KeyOrder,
  features: Features,
  strange?: (column: C, category: string) => void,
): number {
  let live = 0
  const fields = fieldsOf(features)
  const { count, others } = fields
  const slots = slotsOf(order, fields)
  for (let i = 0; i < count; i++) {
    const slot = slots[i] as number
    if (slot < 0) continue
    const category = categoryOf(others[i])
    if (category === null) continue
    const column = columns[slot] as C
    const code = codeOf(column.book, category)
    if (strange && code === column.book.names.length) strange(column, category)
    out[slot] = code
    live++
  }
  return live
}
