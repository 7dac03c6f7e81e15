import { readCodesOf } from '@/lib/detect/drift/code/read'
import type { KeyOrder } from '@/lib/detect/drift/key-order'
import { heldRows, noCategory, type SegmentCategoryState } from '@/lib/detect/drift/segment/category-state'
import { unknownValue } from '@/lib/detect/drift/segment/codes'
import type { Features } from '@/lib/event/types'

/** The row at hand: codes of its segment values by key, and of its categories by column. */
export const segments = new Uint8Array(64)
export const categories = new Uint8Array(64)

/** The first unit of the row's value of a key; −1 where it has none. */
export const firstOf = (state: SegmentCategoryState, key: number): number =>
  state.first[key]?.[segments[key] as number] ?? -1

/** Fills `categories` and keeps the row; rows of a launch are no part of any segment. @returns how many columns have one. */
export function readCategories(
  state: SegmentCategoryState,
  features: Features,
  row: number,
  familiar: boolean,
): number {
  const order = state.order as KeyOrder
  categories.fill(noCategory, 0, state.columns.length)
  const live = readCodesOf(categories, state.columns, order, features)
  const at = row % heldRows
  for (let c = 0; c < state.columns.length; c++)
    (state.recent[c] as Uint8Array)[at] = familiar ? (categories[c] as number) : noCategory
  for (let k = 0; k < state.codes.length; k++)
    (state.codes[k] as Uint8Array)[at] = familiar ? (segments[k] as number) : unknownValue
  return live
}
