import { expect, test } from 'vitest'
import { fitTree, leafOf } from '@/lib/detect/concept/tree'
import { hashUniform } from '@/lib/stats/hash-uniform'

const n = 1000
const bytes = Uint8Array.from({ length: 3 * n }, (_, at) => 1 + Math.floor(16 * hashUniform('byte', at)))
const rows = (y: (i: number) => number) => ({
  n,
  width: 3,
  bytes,
  at: (i: number) => 3 * i,
  targets: 1,
  y: Float64Array.from({ length: n }, (_, i) => y(i)),
})

test('cuts where the label changes and nowhere else', () => {
  const tree = fitTree(
    rows((i) => ((bytes[3 * i + 1] as number) > 10 ? 1 : 0)),
    [false, false, false],
  )
  expect([tree.parts, tree.column[1], tree.cut[1]]).toEqual([2, 1, 10])
  expect(leafOf(tree, Uint8Array.of(1, 10, 1), 0)).not.toBe(leafOf(tree, Uint8Array.of(1, 11, 1), 0))
})

test('puts categories in the order of their labels', () => {
  const tree = fitTree(
    rows((i) => (bytes[3 * i] as number) % 2),
    [true, false, false],
  )
  expect(tree.parts).toBe(2)
  const side = (byte: number) => tree.part[leafOf(tree, Uint8Array.of(byte, 1, 1), 0)]
  expect([3, 5, 15].map(side)).toEqual([side(1), side(1), side(1)])
  expect(side(2)).not.toBe(side(1))
})

test('halves large parts along the column that set them apart, for a change near the cut', () => {
  const tree = fitTree(
    rows((i) => ((bytes[3 * i + 1] as number) > 10 ? 1 : 0)),
    [false, false, false],
  )
  const leaf = (byte: number) => leafOf(tree, Uint8Array.of(5, byte, 9), 0)
  expect(new Set([11, 12, 13, 14, 15, 16].map(leaf)).size).toBe(6)
  expect(leafOf(tree, Uint8Array.of(16, 12, 1), 0)).toBe(leaf(12))
})

test('leaves noise alone', () => {
  const tree = fitTree(
    rows((i) => (hashUniform('noise', i) < 0.4 ? 1 : 0)),
    [false, false, true],
  )
  expect(tree.leaves).toBe(1)
})

test('cuts a rule that lies aslant by one sum of columns, not by many steps', () => {
  const sum = (i: number) => (bytes[3 * i] as number) + (bytes[3 * i + 2] as number)
  const tree = fitTree(
    rows((i) => (sum(i) > 17 ? 1 : 0)),
    [false, false, false],
  )
  expect(tree.column[1]).toBe(3)
  const side = (a: number, b: number) => tree.part[leafOf(tree, Uint8Array.of(a, 8, b), 0)]
  expect(side(2, 12)).toBe(side(12, 2))
  expect(side(2, 12)).not.toBe(side(12, 12))
  // Of columns without an order there is no sum.
  expect(
    fitTree(
      rows((i) => (sum(i) > 17 ? 1 : 0)),
      [true, false, true],
    ).score,
  ).toBeNull()
})
