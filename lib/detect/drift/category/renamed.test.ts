import { describe, expect, it } from 'vitest'
import { renamed } from '@/lib/detect/drift/category/renamed'

const names = ['red', 'dark green', 'blue']
const expected = (n: number) => Float64Array.of(0.5 * n, 0.3 * n, 0.2 * n, 0)

describe('renamed categories', () => {
  it('knows a name spelled anew among known ones', () => {
    expect(renamed(names, expected(10), Float64Array.of(5, 0, 2, 3), ['Dark_Green', 'DARK GREEN', 'dark-green'])).toBe(
      'known values are spelled anew: "dark green" is "dark-green"',
    )
  })
  it('knows a vocabulary replaced at once', () => {
    expect(renamed(names, expected(3), Float64Array.of(0, 0, 0, 3), ['a', 'b', 'a'])).toMatch(/^every value since/)
  })
  it('knows one name in the place of another', () => {
    expect(renamed(names, expected(20), Float64Array.of(0, 7, 4, 9), ['crimson', 'crimson'])).toBe(
      '"crimson" has the share of "red", which is gone',
    )
  })
  it('leaves news alone: a category from nothing while all others stay, several, or too few rows', () => {
    expect(renamed(names, expected(40), Float64Array.of(16, 9, 7, 8), ['violet', 'violet'])).toBeNull()
    expect(renamed(names, expected(20), Float64Array.of(0, 7, 4, 9), ['violet', 'grey'])).toBeNull()
    expect(renamed(names, expected(8), Float64Array.of(0, 4, 1, 3), ['violet', 'violet'])).toBeNull()
  })
})
