import { expect, it } from 'vitest'
import { centresOf, nearestSquare } from '@/lib/detect/drift/embedding/centres'

it('finds the middles of clumps, and no more of them than there are', () => {
  const points = [
    [0, 0],
    [0, 2],
    [10, 0],
    [12, 0],
    [0, 20],
  ]
  expect(centresOf(points, 3).sort()).toEqual([
    [0, 1],
    [0, 20],
    [11, 0],
  ])
  expect(centresOf([[1], [1]], 5)).toEqual([[1]])
  expect(centresOf([], 5)).toEqual([])
  expect(nearestSquare([[0, 1]], [9, 3, 5], 1)).toBe(25)
})
