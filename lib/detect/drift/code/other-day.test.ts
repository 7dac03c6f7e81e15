import { describe, expect, it } from 'vitest'
import { startCodeUnit, watchCode } from '@/lib/detect/drift/code/unit'
import { hashUniform } from '@/lib/stats/hash-uniform'

const hourMs = 3_600_000
/** A Monday, 0 h UTC. */
const mondayMs = Date.UTC(2026, 0, 5)
const perHour = 40
/** Share of code 0 by weekday. */
const share = (day: number) => [0.2, 0.5, 0.35, 0.6, 0.25, 0.8, 0.7][day % 7] as number
const codeAt = (row: number, day: (day: number) => number) =>
  hashUniform('codes', row) < share(day(Math.floor(row / (24 * perHour)))) ? 0 : 1

/** The first week as the baseline of a unit that knows the hours of the week; then `days` more. @returns the rows that crossed. */
function crossings(days: number, day: (day: number) => number): number[] {
  const week = 7 * 24 * perHour
  const byHour = Array.from({ length: 168 }, () => new Float64Array(2))
  for (let row = 0; row < week; row++) {
    const own = byHour[Math.floor(row / perHour)] as Float64Array
    const code = codeAt(row, (d) => d)
    own[code] = (own[code] as number) + 1
  }
  const pooled = byHour.reduce((sum, own) => sum.map((n, c) => n + (own[c] as number)), new Float64Array(2))
  const unit = startCodeUnit(pooled, 20_000, week, byHour, 168)
  const rows: number[] = []
  for (let row = week; row < week + days * 24 * perHour; row++)
    if (watchCode(unit, row, codeAt(row, day), 1e-6, hashUniform('u', row), 0, mondayMs + (row / perHour) * hourMs))
      rows.push(row)
  return rows
}

describe('codes in a week', () => {
  it('says nothing of weekdays that are unlike', () => expect(crossings(21, (day) => day)).toEqual([]))
  it('says nothing of a Wednesday that is a Sunday by nature', () =>
    expect(crossings(14, (day) => (day === 9 ? 6 : day))).toEqual([]))
  it('finds a Wednesday that is like no other day from then on', () => {
    const from = 9 * 24 * perHour
    const [first] = crossings(14, (day) => (day >= 9 ? 0 : day))
    expect(first).toBeGreaterThanOrEqual(from)
    expect(first).toBeLessThan(from + 3 * 24 * perHour)
  })
})
