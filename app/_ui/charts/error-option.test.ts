import { expect, it } from 'vitest'
import type { Performance } from '@/lib/view/drift'
import { errorOption } from './error-option'

const at = (h: number) => new Date(Date.UTC(2026, 0, 1, h)).toISOString()
const performance: Performance = {
  task: 'classification',
  windowMs: 3_600_000,
  unit: 'error-rate',
  calibrated: true,
  realised: [
    { at: at(0), value: 0.1, low: 0.06, high: 0.16, n: 200 },
    { at: at(1), value: 0.2, low: 0.14, high: 0.27, n: 180 },
  ],
  estimated: [{ at: at(0), value: 0.11, low: 0.09, high: 0.13 }],
}

it('draws an interval and a line for what labels showed and for what was estimated, in the middle of their windows', () => {
  const { series } = errorOption(performance) as { series: { name: string; data: number[][] }[] }
  expect(series.map((s) => [s.name, s.data.length])).toEqual([
    ['realised low', 2],
    ['realised width', 2],
    ['estimated low', 1],
    ['estimated width', 1],
    ['realised', 2],
    ['estimated', 1],
  ])
  expect(series[4]?.data[0]).toEqual([Date.UTC(2026, 0, 1, 0, 30), 0.1])
})
