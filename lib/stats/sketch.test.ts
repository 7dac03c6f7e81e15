import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addNumber, addValue, binLower, binOf, emptySketch, maxCategories, merge, quantile } from './sketch'

const finite = fc.double({ noNaN: true, noDefaultInfinity: true })

describe('bins', () => {
  it('rise with the number, and hold it between their edges', () => {
    fc.assert(
      fc.property(finite, finite, (a, b) => {
        if (a < b) expect(binOf(a)).toBeLessThanOrEqual(binOf(b))
        expect(binLower(binOf(a))).toBeLessThanOrEqual(a)
        expect(binLower(binOf(a) + 1)).toBeGreaterThanOrEqual(a)
      }),
    )
  })

  it('are a sixteenth of a power of two wide', () => {
    // 1 = 2^0 · 1.0000, exponent field 1023: bin 1023 · 16.
    expect(binOf(1)).toBe(16368)
    expect(binLower(16368)).toBe(1)
    expect(binLower(16369)).toBe(1.0625)
    expect(binOf(-1)).toBe(-16369)
    expect(binLower(-16369)).toBe(-1.0625)
    expect(binOf(-0)).toBe(binOf(0))
  })
})

describe('a sketch', () => {
  it('tells null, absent and present apart', () => {
    const sketch = emptySketch()
    for (const value of [1, 'a', true, null, undefined, undefined]) addValue(sketch, value)
    expect(sketch).toMatchObject({ n: 3, nulls: 1, absent: 2, other: 0, sum: 1, sumSquares: 1 })
    expect([...sketch.categories]).toEqual([
      ['a', 1],
      ['true', 1],
    ])
  })

  it('merges to what it would be had it seen everything itself', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -1000, max: 1000 })),
        fc.array(fc.integer({ min: -1000, max: 1000 })),
        (a, b) => {
          const [left, right, whole] = [emptySketch(), emptySketch(), emptySketch()]
          for (const x of a) addNumber(left, x)
          for (const x of b) addNumber(right, x)
          for (const x of [...a, ...b]) addNumber(whole, x)
          merge(left, right)
          expect(left).toEqual(whole)
        },
      ),
    )
  })

  it('gives quantiles within the width of a bin', () => {
    const sketch = emptySketch()
    for (let i = 1; i <= 10_000; i++) addNumber(sketch, i)
    for (const q of [0.05, 0.25, 0.5, 0.95]) expect(quantile(sketch, q) / (q * 10_000)).toBeCloseTo(1, 1)
    expect(quantile(emptySketch(), 0.5)).toBeNaN()
  })

  it('counts categories beyond its cap as other', () => {
    const sketch = emptySketch()
    for (let i = 0; i < maxCategories + 5; i++) addValue(sketch, `c${i}`)
    expect(sketch.categories.size).toBe(maxCategories)
    expect(sketch.other).toBe(5)
  })
})
