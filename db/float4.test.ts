import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Float4Check, keptByFloat4, widen } from './float4'

describe('float4', () => {
  it('keeps decimals of up to six digits, and says so', () => {
    for (const x of [0, 0.04, 212, -17.25, 99999.9, 0.1, 1e-6, 123456, 0.333]) {
      expect(keptByFloat4(x)).toBe(true)
      expect(widen(Math.fround(x))).toBe(x)
    }
  })

  it('refuses what would come back as another number', () => {
    for (const x of [1 / 3, Math.PI, 16_777_217, 0.1234567, 1e300, 5e-324, -0 + 1e-50, Math.fround(0.1)])
      expect(keptByFloat4(x)).toBe(false)
  })

  it('never says that it keeps a number that it changes', () => {
    const decimal = fc
      .tuple(fc.integer({ min: -(2 ** 31), max: 2 ** 31 }), fc.integer({ min: 0, max: 9 }))
      .map(([n, d]) => n / 10 ** d)
    fc.assert(
      fc.property(fc.oneof(fc.double({ noNaN: true }), fc.float({ noNaN: true }), decimal), (x) => {
        const stored = Math.fround(x)
        if (keptByFloat4(x)) expect(Object.is(widen(stored), x)).toBe(true)
      }),
      { numRuns: 5000 },
    )
  })

  it('answers the same when it remembers the scale', () => {
    const decimal = fc
      .tuple(fc.integer({ min: -(2 ** 31), max: 2 ** 31 }), fc.integer({ min: 0, max: 9 }))
      .map(([n, d]) => n / 10 ** d)
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.double({ noNaN: true }), fc.float({ noNaN: true }), decimal)), (values) => {
        const check = new Float4Check()
        for (const x of values) expect(check.keeps(x)).toBe(keptByFloat4(x))
      }),
      { numRuns: 5000 },
    )
  })
})
