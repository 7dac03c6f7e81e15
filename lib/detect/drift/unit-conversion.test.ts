import { describe, expect, it } from 'vitest'
import { unitConversion } from '@/lib/detect/drift/unit-conversion'
import { hashUniform } from '@/lib/stats/hash-uniform'
import { normalQuantile } from '@/lib/stats/normal'

const sample = (key: string, n: number, centre: number, spread: number) =>
  Float64Array.from({ length: n }, (_, i) => centre + spread * normalQuantile(hashUniform(key, i))).sort()

describe('unitConversion', () => {
  const celsius = sample('c', 2000, 15, 6)
  it.each([8, 20, 200])('knows Fahrenheit from %i rows', (n) => {
    expect(
      unitConversion(
        celsius,
        sample('f', n, 15, 6).map((c) => 1.8 * c + 32),
      )?.to,
    ).toBe('°F')
  })
  it('knows kelvin', () => {
    expect(unitConversion(celsius, sample('k', 20, 288.15, 6))?.to).toBe('K')
  })
  it('leaves other moves alone', () => {
    expect(unitConversion(celsius, sample('w', 200, 35, 6))).toBeNull()
    expect(unitConversion(celsius, sample('w', 200, 59, 6))).toBeNull()
    expect(unitConversion(celsius, sample('w', 200, 80, 11))).toBeNull()
  })
})
