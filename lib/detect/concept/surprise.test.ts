import { expect, test } from 'vitest'
import { addPrediction, startOpenPredictions, widen } from '@/lib/detect/concept/open-predictions'
import { startSurprise, surpriseAt } from '@/lib/detect/concept/surprise'
import { hashUniform } from '@/lib/stats/hash-uniform'
import { normalQuantile } from '@/lib/stats/normal'

const columns = 3

/** Rows of three features in bytes and their residuals. */
function rowsOf(rows: number, residual: (bytes: readonly number[], noise: number) => number) {
  const open = startOpenPredictions(1_000_000)
  widen(open, columns + 2, 1_000_000)
  for (let t = 0; t < rows; t++) {
    const place = addPrediction(open, `p-${t}`)
    const bytes = Array.from({ length: columns }, (_, c) => 1 + Math.floor(16 * hashUniform(`x${c}`, t)))
    open.features.set(bytes, place * open.width)
    open.label[place] = 0
    open.predictedValue[place] = 0
    open.labelValue[place] = residual(bytes, normalQuantile(hashUniform('noise', t)))
  }
  return open
}
const baseline = Array.from({ length: 2000 }, (_, n) => n)
const book = { names: [], columns: [], order: { keys: [], slots: [] } } as never
const meanSquare = (values: number[]) => values.reduce((sum, x) => sum + x * x, 0) / values.length

test('takes off what a model always gets wrong, of baseline rows and later ones alike', () => {
  const open = rowsOf(4000, ([a = 0, b = 0], noise) => (a > 8 && b > 8 ? 4 : 0) + noise)
  const surprise = startSurprise(open, book, baseline)
  const at = (from: number) => meanSquare(Array.from({ length: 2000 }, (_, i) => surpriseAt(surprise, open, from + i)))
  expect(at(0)).toBeLessThan(1.2)
  expect(at(2000) / at(0)).toBeGreaterThan(0.9)
  expect(at(2000) / at(0)).toBeLessThan(1.1)
})

test('a usual error that goes away surprises nobody; one that comes does', () => {
  const open = rowsOf(2600, ([a = 0, b = 0], noise) => (a > 8 && b > 8 ? 4 : 0) + noise)
  const surprise = startSurprise(open, book, baseline)
  open.labelValue[2100] = 0
  expect(surpriseAt(surprise, open, 2100)).toBe(0)
  open.labelValue[2100] = -6
  expect(surpriseAt(surprise, open, 2100)).toBeGreaterThan(5)
})

test('is the size itself where features say nothing of it', () => {
  const open = rowsOf(2600, (_, noise) => noise)
  const surprise = startSurprise(open, book, baseline)
  expect(surprise.models).toBeNull()
  expect(surpriseAt(surprise, open, 2500)).toBe(Math.abs(open.labelValue[2500] as number))
})
