import { expect, it } from 'vitest'
import { seeded, shuffled } from '@/lib/demo/seeded'

it('gives the published first value of mulberry32 with seed 1', () => {
  expect(seeded(1)()).toBe(0.6270739405881613)
})

it('shuffles into a permutation that follows from the seed', () => {
  const items = Array.from({ length: 50 }, (_, at) => at)
  const dealt = shuffled(items, seeded(3))
  expect(dealt).toEqual(shuffled(items, seeded(3)))
  expect(dealt).not.toEqual(items)
  expect([...dealt].sort((a, b) => a - b)).toEqual(items)
})
