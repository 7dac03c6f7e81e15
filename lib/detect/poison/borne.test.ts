import { expect, test } from 'vitest'
import { borne, isCareless, unknown, usualCareless } from '@/lib/detect/poison/borne'
import { startUnit } from '@/lib/detect/poison/label-flip/unit'

const record = (rows: number, disagreements: number, expected: number) => ({
  accused: false,
  rows,
  disagreements,
  expected,
})

test('while few are known, 15 % is borne; of a unit with a record, what that bears out', () => {
  expect(usualCareless([record(500, 30, 25)])).toEqual(unknown)
  expect(borne(10, 9, 0.15)).toBe(0.15)
  // 100 rows with none too many: 0 + 2·√(.03/100) + .02 = .0546
  expect(borne(100, 0, 0.15)).toBeCloseTo(0.0546, 4)
  // 400 rows, a tenth too many: .1 + 2·√(.1·.9/400) + .02 = .15
  expect(borne(400, 40, 0.3)).toBeCloseTo(0.15, 12)
})

test('among careful peers little is borne, among careless ones more', () => {
  const careful = Array.from({ length: 8 }, () => record(1000, 50, 50))
  expect(usualCareless(careful)).toEqual({ careless: 0.05, tilt: 0.15 })
  // Each a fifth too many of 1,000: (200 − √50)/1020 = .189, and .03 more.
  const crowd = Array.from({ length: 8 }, () => record(1000, 250, 50))
  expect(usualCareless(crowd).careless).toBeCloseTo((200 - Math.sqrt(50)) / 1020 + 0.03, 12)
})

test('a few bad ones with a fifth of the rows do not set what is usual', () => {
  const peers = [...Array.from({ length: 8 }, () => record(1000, 50, 50)), record(1000, 900, 50), record(900, 900, 50)]
  expect(usualCareless(peers).careless).toBe(0.05)
})

test('15 % of wrong labels is careless, of a labeler from birth guessing is, a flip is not', () => {
  const push = (rows: number, hits: number) =>
    ({ kind: 'origin', number: 0, bet: 0, onsetIndex: 0, onsetTimeMs: 0, rows, hits, expected: 0, effect: 0 }) as const
  const origin = startUnit('origin', 'a', '', 0, 0)
  const labeler = { ...startUnit('labeler', 'a', '', 0, 0), rows: 100 }
  expect(isCareless(origin, push(100, 15), 2)).toBe(true)
  expect(isCareless(origin, push(100, 30), 2)).toBe(false)
  expect(isCareless(labeler, push(100, 50), 2)).toBe(true)
  // He was careful in 300 rows before, or as careless as now.
  expect(isCareless({ ...labeler, rows: 400, disagreements: 50 }, push(100, 50), 2)).toBe(false)
  expect(isCareless({ ...labeler, rows: 400, disagreements: 200 }, push(100, 50), 2)).toBe(true)
})
