import { expect, it } from 'vitest'
import type { Comparison } from '@/lib/alert/finding'
import { apart, binName, comparisonOption, shares } from './comparison-option'

const c: Comparison = { bins: [0, 10], reference: [30, 10], current: [1, 3], unit: 'numeric' }

it('compares shares, not counts', () => {
  // biome-ignore lint/suspicious/noExplicitAny: an option is read back as plain data
  const [reference, current] = comparisonOption(c).series as any[]
  expect(reference.data).toEqual([0.75, 0.25])
  expect(current.data).toEqual([0.25, 0.75])
  expect(current.barGap).toBe('-100%')
})
it('gives nothing for no rows, not a division by zero', () => expect(shares([0, 0])).toEqual([0, 0]))
it('says how far apart they are: total variation', () => expect(apart(c)).toBeCloseTo(0.5))
it('names bins', () => expect([binName(12.34), binName('rain')]).toEqual(['12.3', 'rain']))
it('never lets a category name into a tooltip as markup', () => {
  const hostile = comparisonOption({ bins: ['<img src=x>'], reference: [1], current: [1], unit: 'categorical' })
  // biome-ignore lint/suspicious/noExplicitAny: an option is read back as plain data
  expect((hostile.tooltip as any).formatter([{ dataIndex: 0 }])).not.toContain('<img')
})
