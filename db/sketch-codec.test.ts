import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addValue, emptySketch, type SketchSet } from '@/lib/stats/sketch'
import { decodeSketches, encodeSketches } from './sketch-codec'

const value = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.string(),
  fc.boolean(),
  fc.constant(null),
  fc.constant(undefined),
)

describe('sketch codec', () => {
  it('gives back every set it was given', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string({ unit: 'grapheme' }), fc.array(value))), (columns) => {
        const set: SketchSet = new Map()
        for (const [name, values] of columns) {
          const sketch = emptySketch()
          for (const one of values) addValue(sketch, one)
          set.set(name, sketch)
        }
        const back = decodeSketches(encodeSketches(set))
        expect([...back.keys()]).toEqual([...set.keys()])
        for (const [name, sketch] of set) {
          expect(back.get(name)).toEqual({
            ...sketch,
            numbers: new Map([...sketch.numbers].sort((a, b) => a[0] - b[0])),
          })
        }
      }),
    )
  })

  it('refuses another version and bytes cut short', () => {
    const sketch = emptySketch()
    addValue(sketch, 1)
    const bytes = encodeSketches(new Map([['a', sketch]]))
    expect(() => decodeSketches(bytes.subarray(0, bytes.length - 4))).toThrow(RangeError)
    expect(() => decodeSketches(Buffer.from([9, 0]))).toThrow('sketch codec version 9')
  })
})
