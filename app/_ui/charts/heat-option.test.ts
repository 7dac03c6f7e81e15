import { expect, it } from 'vitest'
import type { HeatMap } from '@/lib/view/drift'
import { alarmed, cellsOf, heatOpacity, heatOption, heatStep } from './heat-option'

const map: HeatMap = {
  windowMs: 3_600_000,
  windows: ['2026-01-01T00:00:00Z', '2026-01-01T01:00:00Z'],
  features: [
    {
      name: 'temp_max',
      type: 'numeric',
      effects: [0.02, null],
      evidence: [null, 1.2],
      missingBy: [0, 1],
      n: [100, 0],
      verdicts: ['steady', 'pipeline-bug'],
      alertId: 'a-1',
      share: 1.2,
      logE: 11,
      threshold: 9,
      missing: 0,
      missingBefore: 0,
      usual: [null, null],
    },
  ],
}

it('leaves blank what is not known, whichever measure is shown', () => {
  expect(cellsOf(map)).toEqual([{ feature: 0, window: 0, value: 0.02 }])
  expect(cellsOf(map, 'evidence')).toEqual([{ feature: 0, window: 1, value: 1.2 }])
  expect(cellsOf(map, 'missing').map((c) => c.value)).toEqual([0, 1])
})
it('takes the first step at no effect and the last from one half on', () =>
  expect([0, 0.02, 0.1, 0.5, 1, -0.1].map(heatStep)).toEqual([0, 1, 3, 6, 6, 0]))
it('shows a feature without evidence pale and one at half its budget fully', () =>
  expect([0, 0.5, 4].map(heatOpacity)).toEqual([0.45, 1, 1]))
it('marks the windows that an alert covers, and no other', () =>
  expect(['steady', 'small', null, 'undetermined', 'pipeline-bug'].map((v) => alarmed(v as never))).toEqual([
    false,
    false,
    false,
    true,
    true,
  ]))
it('draws one item a cell, and one for the cursor of the keys', () => {
  expect(heatOption(map).series.map((s) => s.data.length)).toEqual([1, 0])
  expect(heatOption(map, 'missing', [0, 1]).series.map((s) => s.data.length)).toEqual([2, 1])
})
