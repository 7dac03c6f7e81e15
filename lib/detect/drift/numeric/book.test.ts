import { expect, test } from 'vitest'
import { places, startNumericBook } from '@/lib/detect/drift/numeric/book'
import { crossed, watchRow } from '@/lib/detect/drift/numeric/book-row'
import { handBack, peek, takeIn } from '@/lib/detect/drift/numeric/book-units'
import {
  completeBaseline,
  type NumericUnit,
  skipRow,
  startNumericUnit,
  watched,
  watchNext,
  watchValue,
} from '@/lib/detect/drift/numeric/unit'
import { goldenStep } from '@/lib/stats/golden-step'
import { hashUniform } from '@/lib/stats/hash-uniform'
import { normalQuantile } from '@/lib/stats/normal'

/** By column: independent and missing now and then, tied, a recursion, and one that shifts, and shifts back. */
function columnValue(column: number, t: number, before: number): number {
  const z = normalQuantile(hashUniform(`c${column}`, t))
  if (column === 1) return Math.round(2 * z)
  if (column === 2) return 0.7 * before + z
  return column === 3 && t >= 3000 && t < 4500 ? z + 1 : z
}

function baselineUnits(): NumericUnit[] {
  return [0, 1, 2, 3].map((column) => {
    const unit = startNumericUnit(4096)
    let before = 0
    for (let t = 0; t < 2000; t++) {
      before = columnValue(column, t, before)
      watchValue(unit, t, before, 0, 0.5)
    }
    completeBaseline(unit, 2000)
    return unit
  })
}

test('units in a book do as they do by themselves, bit by bit', () => {
  const alone = baselineUnits()
  const together = baselineUnits()
  const book = startNumericBook(together.length)
  for (const [i, unit] of together.entries()) takeIn(book, i, unit)
  expect([...book.place]).toEqual([places.plain, places.plain, places.viewed, places.plain])
  const crossings: number[][] = []
  const before = [0, 0, 0, 0]
  for (let t = 2000; t < 7000; t++) {
    const u = hashUniform('u', t)
    before.splice(0, 4, ...before.map((last, i) => columnValue(i, t, last)))
    const values = Float64Array.from(before, (value, i) => (i % 2 === 0 && t % 37 === 0 ? Number.NaN : value))
    watchRow(book, together, values, t, 0, 1e-6, u, Number.NaN)
    const ours = crossed.splice(0)
    for (let i = 0, step = 0; i < alone.length; i++) {
      step += goldenStep
      if (step >= 1) step -= 1
      if (Number.isNaN(values[i])) {
        skipRow(alone[i] as NumericUnit, t)
        continue
      }
      watched.set([values[i] as number, 1e-6, u + step - Math.floor(u + step), Number.NaN])
      const one = watchNext(alone[i] as NumericUnit, t, 0)
      expect(ours.find(({ slot }) => slot === i)?.crossing ?? null).toEqual(one)
      if (one) crossings.push([i, t, one.onsetRow])
    }
  }
  const seen = peek(book, together)
  for (const [i, unit] of together.entries()) {
    expect(seen[i]).toEqual({ evidence: alone[i]?.evidence, learned: alone[i]?.learned })
    handBack(book, i, unit)
    expect(unit.evidence).toEqual(alone[i]?.evidence)
    expect(unit.learned).toEqual(alone[i]?.learned)
    expect(unit.ranks).toEqual(alone[i]?.ranks)
    expect(unit.recent).toEqual(alone[i]?.recent)
    const [ours, theirs] = [unit.level?.strata[0], alone[i]?.level?.strata[0]]
    expect(ours?.counts.below).toEqual(theirs?.counts.below)
    expect([ours?.total, ours?.low, ours?.high]).toEqual([theirs?.total, theirs?.low, theirs?.high])
  }
  expect(crossings.map(([i]) => i)).toEqual([3])
  expect(together[3]?.returnedRow).toBeGreaterThan(4500)
})
