import { expect, it } from 'vitest'
import { eBenjaminiHochberg } from '@/lib/evidence/e-bh'

it('takes the top k with e ≥ m/(qk): by hand, m = 4, q = .1: 40, 20, 13.3, 10', () => {
  expect(eBenjaminiHochberg([1, 25, 0.2, 21], 0.1)).toEqual([1, 3])
  expect(eBenjaminiHochberg([1, 25, 0.2, 19], 0.1)).toEqual([])
  expect(eBenjaminiHochberg([11, 12, 10, 10.5], 0.1)).toEqual([1, 0, 3, 2])
  expect(eBenjaminiHochberg([], 0.1)).toEqual([])
})
