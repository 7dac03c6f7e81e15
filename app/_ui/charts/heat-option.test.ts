import { expect, it } from 'vitest'
import type { HeatMap } from '@/lib/view/types'
import { cellsOf, heatOpacity, heatOption, heatStep } from './heat-option'

const map: HeatMap = {
  windowMs: 3_600_000,
  windows: ['2026-01-01T00:00:00Z', '2026-01-01T01:00:00Z'],
  features: [
    {
      name: 'temp_max',
      type: 'numeric',
      effects: [0.02, null],
      n: [100, 0],
      share: 1.2,
      logE: 11,
      threshold: 9,
      missing: 0,
    },
  ],
}

it('leaves a window without rows blank', () =>
  expect(cellsOf(map)).toEqual([{ feature: 0, window: 0, effect: 0.02, n: 100 }]))
it('takes the first step at no effect and the last from one half on', () =>
  expect([0, 0.02, 0.1, 0.5, 1, -0.1].map(heatStep)).toEqual([0, 1, 3, 6, 6, 0]))
it('shows a feature without evidence pale and one at half its budget fully', () =>
  expect([0, 0.5, 4].map(heatOpacity)).toEqual([0.45, 1, 1]))
it('spans the windows to the end of the last', () => {
  // biome-ignore lint/suspicious/noExplicitAny: an option is read back as plain data
  expect((heatOption(map).xAxis as any).max).toBe(Date.parse('2026-01-01T02:00:00Z'))
})
