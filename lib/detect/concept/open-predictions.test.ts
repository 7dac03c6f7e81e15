import { expect, test } from 'vitest'
import {
  addPrediction,
  noClass,
  numberAt,
  placeForLabel,
  startOpenPredictions,
  takeEarly,
  widen,
} from '@/lib/detect/concept/open-predictions'
import { hashUniform } from '@/lib/stats/hash-uniform'

test('joins as a plain map of the latest predictions would, oldest out, whatever order ids come in', () => {
  const open = startOpenPredictions(0)
  const plain = new Map<string, number>()
  const early = new Set<string>()
  let joins = 0
  let gone = 0
  for (let t = 0; t < 60_000; t++) {
    const id = `id ${Math.floor(hashUniform('id', t) * 40_000)}`
    if (hashUniform('what', t) < 0.6) {
      const place = addPrediction(open, id)
      plain.set(id, open.next - 1)
      expect(numberAt(open, place)).toBe(open.next - 1)
      expect(takeEarly(open, id) !== undefined).toBe(early.delete(id))
    } else {
      const place = placeForLabel(open, id, 'x')
      const number = plain.get(id)
      if (number !== undefined && number >= open.next - open.capacity) {
        expect(numberAt(open, place)).toBe(number)
        joins++
      } else {
        expect(place).toBe(-1)
        early.add(id)
        if (number !== undefined) gone++
        // What came early and waits too long gives way to later ones.
        if (early.size > 10_000) early.delete(early.values().next().value as string)
      }
    }
  }
  expect(open.capacity).toBe(20_000)
  expect(joins).toBeGreaterThan(5000)
  expect(gone).toBeGreaterThan(100)
})

test('keeps what it has when it grows', () => {
  const open = startOpenPredictions(0)
  widen(open, 3, 0)
  for (let n = 0; n < 5000; n++) {
    const place = addPrediction(open, `p${n}`)
    open.line[place] = 2 * n
    open.features.fill(n % 251, 3 * place, 3 * place + 3)
    if (n % 2 === 0) open.label[place] = n % 7
  }
  const place = placeForLabel(open, 'p1234', 'x')
  expect([open.line[place], open.label[place], [...open.features.slice(3 * place, 3 * place + 3)]]).toEqual([
    2468,
    1234 % 7,
    [230, 230, 230],
  ])
  expect(open.label[placeForLabel(open, 'p4999', 'x')]).toBe(noClass)
})
