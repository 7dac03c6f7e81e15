import { z } from 'zod'
import { type Cursor, decodeCursor, encodeCursor } from '@/db/queries/cursor'
import { Invalid } from '@/lib/access/errors'

/** How lists are paged: an opaque cursor from the page before, and how many at most. */
export const pageInput = z.object({
  cursor: z.string().max(500).nullish(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})

/** @throws Invalid when the cursor is none of ours. */
export function readCursor(text: string | null | undefined): Cursor | null {
  if (!text) return null
  const cursor = decodeCursor(text)
  if (!cursor) throw new Invalid('cursor: expected the nextCursor of the page before')
  return cursor
}

/** `rows` holds one more than the page, when there is a next one. */
export function pageOf<R, T>(
  rows: readonly R[],
  limit: number,
  item: (row: R) => T,
  place: (row: R) => Cursor,
): Page<T> {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return {
    items: shown.map(item),
    nextCursor: rows.length > limit && last !== undefined ? encodeCursor(place(last)) : null,
  }
}

/** `firing,acknowledged` → both; absent or empty: null. Words outside `known` are refused. */
export function listOf<T extends string>(known: readonly T[], name: string) {
  return z
    .string()
    .nullish()
    .transform((text, issues) => {
      const words = text
        ?.split(',')
        .map((word) => word.trim())
        .filter((word) => word !== '')
      if (!words || words.length === 0) return null
      const unknown = words.find((word) => !known.includes(word as T))
      if (unknown === undefined) return words as T[]
      issues.addIssue({
        code: 'custom',
        message: `${name} ${JSON.stringify(unknown)} is unknown; expected ${known.join(', ')}`,
      })
      return z.NEVER
    })
}

export interface Page<T> {
  items: T[]
  nextCursor: string | null
}
