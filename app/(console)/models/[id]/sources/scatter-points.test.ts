import { expect, it } from 'vitest'
import type { SourceRow } from '@/lib/view/source'
import { namesOf, scatterOf } from './scatter-points'

it('lays sources out by share and influence, and leaves out those of which nothing is known', () => {
  const sources = [
    { origin: 'big', share: 0.5, influence: -3 },
    { origin: 'bad', share: 0.05, influence: 1 },
    { origin: 'new', share: 0.01, influence: null },
  ] as SourceRow[]
  const plot = scatterOf(sources)
  expect(plot.points.map(({ source, x, y }) => [source.origin, x, y])).toEqual([
    ['big', 1, 0],
    ['bad', 0.1, 1],
  ])
  expect(plot.zero).toBe(0.75)
})

it('writes one name for a place, and says how many more lie there', () => {
  const at = (origin: string, share: number, influence: number) => ({ origin, share, influence }) as SourceRow
  const { points } = scatterOf([
    at('a', 0.5, 1),
    at('b', 0.5, 1),
    at('c', 0.5, 1),
    at('near', 0.49, 0.99),
    at('far', 0.01, -1),
  ])
  expect(namesOf(points).map(({ point, others }) => [point.source.origin, others])).toEqual([
    ['a', 2],
    ['far', 0],
  ])
})
