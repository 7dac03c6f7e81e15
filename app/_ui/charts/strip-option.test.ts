import { expect, it } from 'vitest'
import type { Strip } from '@/lib/view/strip'
import { stripOption, topOf } from './strip-option'

const point = { logE: 9, threshold: 9, unit: 'x', kind: 'poison.label_flip' as const }
const strip: Strip = {
  id: 'drift.feature',
  title: 'Inputs',
  points: [
    { ...point, at: '2026-01-01T00:00:00Z', share: 0, effect: 1 },
    { ...point, at: '2026-01-01T04:00:00Z', share: 2, effect: 3 },
    { ...point, at: '2026-01-01T06:00:00Z', share: 2, effect: 3 },
  ],
  marks: [
    { at: '2026-01-01T01:00:00Z', kind: 'onset', label: 'onset', href: '/alerts/f-1' },
    { at: '2026-01-01T04:00:00Z', kind: 'alarm', label: 'f-1', href: '/alerts/f-1', poison: true },
  ],
}
const domain = [Date.parse('2026-01-01T00:00:00Z'), Date.parse('2026-01-01T06:00:00Z')] as const
// biome-ignore lint/suspicious/noExplicitAny: an option is read back as plain data
const series = (size: 'row' | 'figure', unit?: string): any[] => stripOption(strip, domain, size, unit).series as any[]

it('colours grey below half, watch up to the line, alarm above it, and lightly what is held after it', () => {
  // From 0 at midnight to 2 at four: half at one o'clock, the line at two.
  const hours = (s: { data: [number, number | null][] }) =>
    s.data.filter((d) => d[1] !== null).map((d) => (d[0] - domain[0]) / 3_600_000)
  const [evidence, watch, alarm, poison, held, accused] = series('figure')
  expect([evidence, watch, alarm, poison, held, accused].map(hours)).toEqual([[0, 1], [1, 2], [], [2, 4], [], [4, 6]])
  expect(accused.areaStyle.color).toContain('16%')
  expect(accused.lineStyle).toEqual({ width: 1, color: 'var(--poison-mark)' })
  expect([evidence, watch].map((s) => s.areaStyle.color)).toEqual(['var(--evidence)', 'var(--watch-mark)'])
})
it('gives poisoning its own hue', () => expect(series('figure')[3].areaStyle.color).toBe('var(--poison-mark)'))
it('shades from the onset to its alarm', () =>
  expect(series('row')[0].markArea.data[0].map((d: { xAxis: number }) => (d.xAxis - domain[0]) / 3_600_000)).toEqual([
    1, 4,
  ]))
it('draws the promise at 100 %', () => expect(series('row')[0].markLine.data[0]).toEqual({ yAxis: 1 }))
it('puts a rule under each alarm, up to the promise', () =>
  expect(series('row')[0].markLine.data[1]).toMatchObject([
    { coord: [domain[0] + 4 * 3_600_000, 0] },
    { coord: [domain[0] + 4 * 3_600_000, 1] },
  ]))
it('puts a poisoning alarm on the line as a diamond of its own hue, and the onset on the ground', () => {
  const [onset, alarm] = series('figure')[6].data
  expect([onset.value[1], alarm.value[1], alarm.symbol, alarm.itemStyle.color]).toEqual([
    0,
    1,
    'diamond',
    'var(--poison-mark)',
  ])
})
it('keeps the line at one height in every row, and shows the peak in a figure', () => {
  expect(topOf(strip, 'row')).toBe(1.6)
  expect(topOf(strip, 'figure')).toBeCloseTo(2.24)
})
it('shows the effect in its own unit below, when asked', () => {
  expect(series('figure', 'points')[7].data.map((d: number[]) => d[1])).toEqual([1, 3, 3])
  expect(series('figure')).toHaveLength(7)
})
