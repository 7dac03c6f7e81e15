import { expect, it } from 'vitest'
import type { SourceRow } from '@/lib/view/source'
import { arrange, arranged } from './arrange'

const source = (origin: string, over: Partial<SourceRow> = {}): SourceRow => ({
  origin,
  kind: 'vendor',
  rows: 100,
  share: 0.1,
  disagreement: 0.04,
  expected: 0.04,
  trust: 0.02,
  audited: 0,
  influence: 0,
  reach: 1,
  cap: { share: 0.02, over: 0, worstCase: 1, worstCaseHeld: 1 },
  counterfactual: null,
  evidence: { logE: 0, threshold: 10 },
  state: 'ok',
  lastSeenAt: '2026-11-02T00:00:00Z',
  ...over,
})
const all = [
  source('big', { share: 0.6, influence: -2 }),
  source('hurts', { influence: 0.4, evidence: { logE: 9, threshold: 10 } }),
  source('accused', { state: 'poisoning', influence: 0.1 }),
  source('known', { trust: 0.9, kind: 'partner' }),
]
const names = (raw: Partial<Record<'sort' | 'state' | 'q', string>>) =>
  arrange(all, arranged({ sort: null, state: null, q: null, ...raw })).map((s) => s.origin)

it('puts who is accused first, then who hurts and has evidence against it', () => {
  expect(names({}).slice(0, 2)).toEqual(['accused', 'hurts'])
})
it('puts who is watched before who is not, without a golden set too', () => {
  const bare = [
    source('many', { rows: 5000, influence: null }),
    source('watched', { rows: 20, influence: null, state: 'watch', evidence: { logE: 6, threshold: 10 } }),
    source('held', { rows: 20, influence: null, evidence: { logE: 7, threshold: 10 } }),
  ]
  const order = arrange(bare, arranged({ sort: null, state: null, q: null })).map((s) => s.origin)
  expect(order).toEqual(['watched', 'held', 'many'])
})
it('orders by what is asked for, and takes nonsense for nothing', () => {
  expect(names({ sort: 'influence' })[0]).toBe('hurts')
  expect(names({ sort: 'share' })[0]).toBe('big')
  expect(names({ sort: 'trust' }).at(-1)).toBe('known')
  expect(names({ sort: 'name' })).toEqual(['accused', 'big', 'hurts', 'known'])
  expect(names({ sort: 'shoe size' })[0]).toBe('accused')
})
it('filters by state, name and kind', () => {
  expect(names({ state: 'poisoning' })).toEqual(['accused'])
  expect(names({ q: 'partner' })).toEqual(['known'])
  expect(names({ q: 'nobody' })).toEqual([])
})
