import { expect, it } from 'vitest'
import { startColumn } from '@/lib/detect/drift/usual/column'
import { usualStanding } from '@/lib/detect/drift/usual/standing'
import {
  addBlock,
  blockRows,
  isDue,
  judgeChange,
  scales,
  startChanges,
  type Unusual,
} from '@/lib/detect/drift/usual/usual-change'
import { hashUniform } from '@/lib/stats/hash-uniform'
import { normalQuantile } from '@/lib/stats/normal'

const normal = (lane: string, t: number) => normalQuantile(hashUniform(lane, t))
/** Mass of a look: a model of ten features looked at for 100,000 rows spends one false incident. */
const mass = 1e-6

/** Runs means of blocks through all scales. @returns what was unusual, with the block at which it was. */
function unusualIn(means: readonly number[], changes = startChanges()): (Unusual & { block: number })[] {
  const out: (Unusual & { block: number })[] = []
  for (const [block, mean] of means.entries()) {
    addBlock(changes, mean * blockRows, blockRows)
    for (let s = 0; s < scales.length; s++) {
      if (!isDue(changes, s)) continue
      const unusual = judgeChange(changes, s, mass)
      if (unusual) out.push({ ...unusual, block })
    }
  }
  return out
}
const wander = (seed: string, blocks: number, step = (t: number) => normal(seed, t)) => {
  let level = 0
  return Array.from({ length: blocks }, (_, t) => {
    level = 0.9 * level + step(t)
    return level
  })
}

it('is silent on series that wander, and pages like the logarithm of its changes where their tails are heavy', () => {
  // Student's t with four degrees of freedom: kurtosis without end.
  const heavy = (lane: string) => (t: number) => {
    const chi = [0, 1, 2, 3].reduce((sum, i) => sum + normal(`${lane} ${i}`, t) ** 2, 0)
    return normal(lane, t) / Math.sqrt(chi / 4)
  }
  const paged = (lane: string, step?: (lane: string) => (t: number) => number) =>
    Array.from({ length: 30 }, (_, i) => wander(`${lane} ${i}`, 600, step?.(`${lane} ${i}`))).filter(
      (means) => unusualIn(means).length > 0,
    ).length
  expect(paged('calm')).toBe(0)
  // Of 600 blocks each: ln 600/16 = 3.6 records at each scale, of which few are by half as much again.
  expect(paged('heavy', heavy)).toBeLessThanOrEqual(10)
})

it('finds a step that comes in over blocks: what was seen of it on the way is no record that it must beat', () => {
  const means = wander('step', 400).map((level, t) => 0.2 * level + 8 * Math.min(1, Math.max(0, (t - 300) / 3)))
  const [first] = unusualIn(means)
  expect(first?.block).toBeGreaterThanOrEqual(300)
  expect(first?.block).toBeLessThan(306)
  expect(first?.after).toBeGreaterThan(first?.before as number)
})

it('tells a screen what it did beside what it usually does', () => {
  const column = { ...startColumn('price'), wanders: true }
  expect(usualStanding([column], 10)[0]?.usual).toBeUndefined()
  unusualIn(wander('screen', 400), column.changes)
  const [unit] = usualStanding([column, startColumn('resting')], 10)
  expect(unit?.subject).toEqual({ feature: 'price' })
  const { rows, change, low, high, record, changes } = unit?.usual ?? {
    rows: 0,
    change: 0,
    low: 0,
    high: 0,
    record: 0,
    changes: 0,
  }
  expect([rows, changes]).toEqual([64, 98])
  expect(low).toBeLessThan(0)
  expect(high).toBeGreaterThan(0)
  expect(record).toBeGreaterThanOrEqual(Math.max(-low, high))
  expect(Math.abs(change)).toBeLessThan(2 * record)
  // Not beyond its record: at most half of the way to an alarm.
  expect(unit?.logE).toBeLessThanOrEqual((unit?.threshold as number) - Math.LN10)
})
