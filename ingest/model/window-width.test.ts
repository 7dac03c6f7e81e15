import { describe, expect, it } from 'vitest'
import { windowWidth } from './window-width'

const every = (ms: number) => Array.from({ length: 200 }, (_, i) => i * ms)

describe('the width of windows', () => {
  it('holds at least fifty events at the rate of the first ones', () => {
    expect(windowWidth(every(1000))).toBe(60_000)
    // 50 minutes hold fifty events a minute apart: the next step up is an hour.
    expect(windowWidth(every(60_000))).toBe(3_600_000)
    expect(windowWidth(every(86_400_000))).toBe(86_400_000)
    expect(windowWidth([5])).toBe(60_000)
  })

  it('is not moved by a few clocks that are off', () => {
    expect(windowWidth([...every(1000), 4e12, 0, -1e12])).toBe(60_000)
  })
})
