import { expect, it } from 'vitest'
import { calmOpacity } from './heat-option'
import { usualOption } from './usual-option'
import { usualWords } from './usual-words'

const change = { rows: 64, change: -0.42, low: -0.5, high: 0.6, record: 1.2, changes: 40 }
const points = ['2026-10-01T00:00:00.000Z', '2026-10-02T00:00:00.000Z'].map((at) => ({ at, ...change }))

it('says what a feature that wanders did beside what it usually does', () => {
  expect(usualWords(change)).toBe('changed −.42 σ over 64 rows, usually −.5 σ to +.6 σ')
})

it('draws the change in the band of the usual ones, and the greatest either way', () => {
  const { series } = usualOption({ windowMs: 86_400_000, points })
  const drawn = (series as { name: string; data: number[][] }[]).map(({ name, data }) => [name, data[0]?.[1]])
  expect(drawn).toEqual([
    ['usual from', -0.5],
    ['usual', 1.1],
    ['greatest rise', 1.2],
    ['greatest fall', -1.2],
    ['change', -0.42],
  ])
})

it('is calmest where nothing changes, and never more than the end of its band', () => {
  const at = (by: number) => Math.round(100 * calmOpacity({ ...change, change: by }))
  expect([0, -0.25, -0.5, 0.3, 2].map(at)).toEqual([16, 28, 40, 28, 40])
  expect(calmOpacity(null)).toBe(0.16)
})
