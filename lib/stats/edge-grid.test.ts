import fc from 'fast-check'
import { expect, test } from 'vitest'
import { binInBook, binInGrid, edgeGrid, putGrid, startGridBook } from '@/lib/stats/edge-grid'
import { binOfValue } from '@/lib/stats/quantile-edges'

const finite = fc.double({ noNaN: true, noDefaultInfinity: true })
const near = fc.double({ min: -3, max: 3, noNaN: true })

test.each([
  ['any numbers', finite],
  ['numbers close together', near],
  ['whole numbers', fc.integer({ min: -5, max: 40 })],
])('finds the same bin as a binary search: %s', (_, value) => {
  fc.assert(
    fc.property(fc.array(value, { maxLength: 60 }), fc.array(value), (edges, values) => {
      const sorted = Float64Array.from(new Set(edges)).sort()
      const grid = edgeGrid(sorted)
      const book = startGridBook(3)
      putGrid(book, 1, grid)
      for (const v of [...values, ...edges]) {
        expect(binInGrid(grid, v)).toBe(binOfValue(sorted, v))
        expect(binInBook(book, 1, v)).toBe(binOfValue(sorted, v))
      }
    }),
  )
})
