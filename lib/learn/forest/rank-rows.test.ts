import { expect, test } from 'vitest'
import { rankRows } from '@/lib/learn/forest/rank-rows'
import { hashUniform } from '@/lib/stats/hash-uniform'

const n = 400
const turned = Array.from({ length: n }, (_, i) => hashUniform('turned', i) < 0.1)
const rows = turned.map((isTurned, i) => {
  const x = hashUniform('x', i)
  const y = hashUniform('y', i)
  const shape = hashUniform('shape', i) < 0.5 ? 'round' : 'square'
  return {
    row: { features: { x, y, shape } },
    label: (shape === 'round' ? x > y : x < 0.5) !== isTurned ? 'in' : 'out',
  }
})

test('one label in ten was turned: those rows come first', () => {
  const scores = rankRows(rows)
  const worst = [...scores.keys()].sort((a, b) => (scores[b] as number) - (scores[a] as number)).slice(0, 40)
  expect(turned.filter(Boolean).length).toBe(39)
  // At random 4 of the 40 would be.
  expect(worst.filter((i) => turned[i]).length).toBeGreaterThanOrEqual(30)
  expect(Math.min(...scores)).toBeGreaterThanOrEqual(0)
  expect(Math.max(...scores)).toBeLessThanOrEqual(1)
  expect([...rankRows(rows)]).toEqual([...scores])
})

test('says nothing of rows without columns, of one class, of none', () => {
  expect([...rankRows([{ row: { text: 'a' }, label: 1 }])]).toEqual([0.5])
  expect([...rankRows(rows.slice(0, 3).map((row) => ({ ...row, label: 'in' })))]).toEqual([0.5, 0.5, 0.5])
  expect([...rankRows([])]).toEqual([])
  const many = rows.slice(0, 65).map((row, label) => ({ ...row, label }))
  expect(() => rankRows(many)).toThrow(RangeError)
})
