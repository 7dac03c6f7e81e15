import { expect, it } from 'vitest'
import { ribbonOption } from './ribbon-option'

it('stacks a band of negative values on its lower quantile', () => {
  const ribbon = [
    { at: '2026-01-01T00:00:00Z', q05: -10, q25: -6, q50: -5, q75: -4, q95: 2, n: 100 },
    { at: '2026-01-02T00:00:00Z', q05: -10, q25: -6, q50: -5, q75: -4, q95: 2, n: 100 },
  ]
  // biome-ignore lint/suspicious/noExplicitAny: an option is read back as plain data
  const series = ribbonOption(ribbon).series as any[]
  expect(series.map((s) => s.data[0][1])).toEqual([-10, 12, -6, 2, -5])
  expect(series[0].stackStrategy).toBe('all')
})
