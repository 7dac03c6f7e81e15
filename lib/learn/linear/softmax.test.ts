import { expect, test } from 'vitest'
import { emptyActive } from '@/lib/learn/inputs/encode'
import { growSoftmax, learnSoftmax, predictSoftmax, startSoftmax } from '@/lib/learn/linear/softmax'

const row = emptyActive()
row.count = 1
row.index[0] = 77
row.value[0] = 1

test('one step by hand: g = −½, G = ¼, w = .12 · ½ / √.35', () => {
  const model = startSoftmax()
  growSoftmax(model, 2)
  const p = new Float64Array(2)
  predictSoftmax(model, row, 2, p)
  expect([...p]).toEqual([0.5, 0.5])
  learnSoftmax(model, row, 2, 1, p, 0.12)
  const w = (0.12 * 0.5) / Math.sqrt(0.35)
  expect(model.table[77 * 2]).toBeCloseTo(w, 6)
  predictSoftmax(model, row, 2, p)
  expect(p[1]).toBeCloseTo(1 / (1 + Math.exp(-2 * w)), 6)
})

test('a later class takes room and leaves what was learned', () => {
  const model = startSoftmax()
  growSoftmax(model, 2)
  const p = new Float64Array(3)
  predictSoftmax(model, row, 2, p)
  learnSoftmax(model, row, 2, 0, p, 0.12)
  predictSoftmax(model, row, 2, p)
  const ratio = (p[0] as number) / (p[1] as number)
  growSoftmax(model, 3)
  predictSoftmax(model, row, 3, p)
  expect((p[0] as number) / (p[1] as number)).toBeCloseTo(ratio, 6)
  expect(p[2]).toBeGreaterThan(p[1] as number)
})
