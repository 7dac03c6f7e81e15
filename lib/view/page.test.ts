import fc from 'fast-check'
import { expect, it } from 'vitest'
import { decodeCursor, encodeCursor } from '@/db/queries/cursor'
import { pageOf, readCursor } from './page'

it('takes back the cursors that it gave, and nothing else', () => {
  fc.assert(
    fc.property(fc.date({ noInvalidDate: true }), fc.string(), (at, id) => {
      expect(decodeCursor(encodeCursor({ at, id }))).toEqual({ at, id })
    }),
  )
  fc.assert(fc.property(fc.string(), (text) => void decodeCursor(text)))
  expect(() => readCursor('bm9uc2Vuc2U')).toThrow(/cursor/)
  expect(readCursor(null)).toBeNull()
})

it('has a next page only where there is more', () => {
  const place = (n: number) => ({ at: new Date(n), id: String(n) })
  expect(pageOf([1, 2], 2, String, place)).toEqual({ items: ['1', '2'], nextCursor: null })
  const { items, nextCursor } = pageOf([1, 2, 3], 2, String, place)
  expect(items).toEqual(['1', '2'])
  expect(decodeCursor(nextCursor ?? '')).toEqual(place(2))
})
