import { describe, expect, it } from 'vitest'
import { addValue, emptySketch } from '@/lib/stats/sketch'
import { cellsOf, correctedDistance, countsIn, histogram } from './cells'

const sketchOf = (values: (number | string | null | undefined)[]) => {
  const sketch = emptySketch()
  for (const value of values) addValue(sketch, value)
  return sketch
}
/** 0.5, 1.5 … evenly. */
const ramp = (n: number, from = 0) => Array.from({ length: n }, (_, i) => from + (i * 100) / n + 0.5)

describe('distance of a window from the baseline', () => {
  const baseline = sketchOf(ramp(2000))
  const cells = cellsOf(baseline)
  const far = (values: (number | string | null | undefined)[]) =>
    correctedDistance(countsIn(cells, baseline), countsIn(cells, sketchOf(values))) ?? Number.NaN

  it('is near nothing for the same values, and 1 for values that never came before', () => {
    expect(far(ramp(200))).toBeLessThan(0.02)
    expect(far(new Array(500).fill('text'))).toBeGreaterThan(0.99)
    expect(far(new Array(500).fill(null))).toBeGreaterThan(0.99)
  })
  it('is the share of rows that moved', () => {
    // Half of the rows went missing, the others stayed: total variation is 1/2.
    expect(far([...ramp(1000), ...new Array<undefined>(1000).fill(undefined)])).toBeCloseTo(0.5, 1)
  })
  it('has nothing to say about an empty window', () => {
    expect(correctedDistance(countsIn(cells, baseline), countsIn(cells, sketchOf([])))).toBeNull()
  })
  it('tells categories apart', () => {
    const words = sketchOf([...new Array(600).fill('en'), ...new Array(400).fill('de')])
    const of = cellsOf(words)
    expect(of.type).toBe('categorical')
    const moved = sketchOf([...new Array(300).fill('en'), ...new Array(700).fill('de')])
    // |.6−.3|/2 + |.4−.7|/2 = .3, less a little for chance.
    expect(correctedDistance(countsIn(of, words), countsIn(of, moved))).toBeCloseTo(0.28, 1)
  })
})

describe('the histogram', () => {
  it('holds all rows of both, in bars of equal width', () => {
    const { bins, reference, current } = histogram(sketchOf(ramp(1000)), sketchOf(ramp(1000, 50)))
    expect(bins).toHaveLength(24)
    const total = (shares: number[]) => shares.reduce((a, b) => a + b, 0)
    expect(total(reference)).toBeCloseTo(1, 9)
    expect(total(current)).toBeCloseTo(1, 9)
    expect(reference[0]).toBeGreaterThan(0)
    expect(current[0]).toBeCloseTo(0, 2)
  })
  it('stands where all values are the same', () => {
    const { reference } = histogram(sketchOf([0, 0, 0]), sketchOf([0]))
    expect(reference.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9)
  })
})
