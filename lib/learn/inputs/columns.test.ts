import { expect, test } from 'vitest'
import { addToColumn, binOf, startColumn } from '@/lib/learn/inputs/columns'

test('bins hold equal counts of the first values: 0 … 119 in 12 bins of 10', () => {
  const column = startColumn()
  for (let i = 0; i < 120; i++) addToColumn(column, (i * 7) % 120, 120)
  const edges = column.edges as Float64Array
  expect([...edges]).toEqual([10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110])
  expect([9, 10, 55, 1e9, -1e9].map((value) => binOf(edges, value))).toEqual([0, 1, 5, 11, 0])
  // Median 60, interquartile range 60 / 1.349.
  expect([column.mean, column.sd]).toEqual([60, 60 / 1.349])
})

test('a constant column and values that are no numbers break nothing', () => {
  const column = startColumn()
  for (let i = 0; i < 60; i++) addToColumn(column, i % 2 === 0 ? 5 : Number.NaN, 30)
  expect(column.edges).toEqual(Float64Array.of(5))
  expect(column.sd).toBeGreaterThan(0)
})
