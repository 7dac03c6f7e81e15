import { expect, it } from 'vitest'
import { Book } from '@/db/book'
import { decodeSketches, encodeSketches } from '@/db/sketch-codec'
import { encodedFeatures, encodeFeatures } from '@/ingest/copy/features'
import { CopyWriter } from '@/ingest/copy/writer'
import type { Features, FeatureValue } from '@/lib/event/types'
import { hashUniform } from '@/lib/stats/hash-uniform'
import { addValue, emptySketch, type FeatureSketch } from '@/lib/stats/sketch'
import { type CountingSet, count, sketchOf } from './counting'
import { columnsFor, countWaiting } from './waiting'

const writer = new CopyWriter(1 << 16)

/** Counts a row as a batch does: from the columns that were written, or one by one. */
function sketch(sketches: CountingSet, book: Book, features: Features): void {
  writer.begin()
  encodeFeatures(writer, book, features)
  if (columnsFor(sketches).add(sketches, book, encodedFeatures)) return
  for (const name in features) count(sketchOf(sketches, name), features[name] as FeatureValue)
}

/** A row of what real feeds hold: numbers, words, flags, nulls, gaps, a feature that comes later, one that changes its type. */
function row(n: number): Features {
  const uniform = (name: string) => hashUniform(name, n)
  const features: Record<string, FeatureValue> = { amount: Math.round(uniform('amount') * 1e4) / 100 }
  if (uniform('gap') < 0.8) features.rate = uniform('null') < 0.1 ? null : -uniform('rate')
  features.city = uniform('none') < 0.05 ? null : `city ${Math.floor(uniform('city') * 300)}`
  features.member = uniform('member') < 0.3
  if (n > 1500) features.late = n
  features.mixed = n % 700 === 3 ? 'n/a' : n % 13
  return features
}

it('counts in columns what counting value by value gives, in several windows of two models that take turns', () => {
  const books = [new Book(), new Book()]
  books[1]?.append('another', 1)
  const counted = new Map<string, CountingSet>()
  const again = new Map<string, { rows: number; sketches: Map<string, FeatureSketch> }>()
  for (let n = 0; n < 6000; n++) {
    const model = n % 2
    const window = `${model} ${n % 3 === 0 ? 'a' : Math.floor(n / 500)}`
    const features = row(n)
    const sketches = counted.get(window) ?? new Map()
    counted.set(window, sketches)
    sketch(sketches, books[model] as Book, features)
    const one = again.get(window) ?? { rows: 0, sketches: new Map() }
    again.set(window, one)
    one.rows++
    for (const [name, value] of Object.entries(features)) {
      const into = one.sketches.get(name) ?? emptySketch()
      one.sketches.set(name, into)
      addValue(into, value)
    }
  }
  countWaiting()
  expect(counted.size).toBe(again.size)
  for (const [window, sketches] of counted) {
    const stored = decodeSketches(encodeSketches(sketches))
    const expected = again.get(window)?.sketches as Map<string, FeatureSketch>
    expect([...stored.keys()].sort()).toEqual([...expected.keys()].sort())
    for (const [name, sketch] of expected) {
      const found = stored.get(name) as FeatureSketch
      expect([name, found.n, found.nulls]).toEqual([name, sketch.n, sketch.nulls])
      expect([...found.numbers].sort()).toEqual([...sketch.numbers].sort())
      // A value that found no slot is counted at once, the others later: sums round otherwise, and beyond the cap other categories are named.
      expect(found.sum).toBeCloseTo(sketch.sum, 6)
      expect(found.categories.size).toBe(sketch.categories.size)
      const total = ({ categories, other }: FeatureSketch) =>
        other + [...categories.values()].reduce((a, b) => a + b, 0)
      expect(total(found)).toBe(total(sketch))
    }
  }
})

it('leaves a plan that is too wide to the slow way', () => {
  const book = new Book()
  for (let i = 0; i < 300; i++) book.append(`f${i}`, 1)
  const sketches: CountingSet = new Map()
  for (let n = 0; n < 50; n++) sketch(sketches, book, { f0: n, f299: 1 })
  expect([sketches.get('f0')?.n, sketches.get('f299')?.n, sketches.size]).toEqual([50, 50, 2])
})
