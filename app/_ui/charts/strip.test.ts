import { expect, it } from 'vitest'
import type { Strip, StripPoint } from '@/lib/view/strip'
import { domainOf, peak, sampleAt, segments, withCrossings } from './strip'

const point = (at: string, share: number): StripPoint => ({
  at,
  share,
  logE: share * 9,
  threshold: 9,
  effect: 0,
  unit: '',
  kind: 'drift.feature',
})
const strip = (points: StripPoint[]): Strip => ({ id: 's', title: 's', points, marks: [] })

it('puts a point on each edge that the curve crosses, going up and coming down', () => {
  expect(
    withCrossings([
      { t: 0, share: 0 },
      { t: 4, share: 2 },
      { t: 6, share: 0 },
    ]),
  ).toEqual([
    { t: 0, share: 0 },
    { t: 1, share: 0.5, between: true },
    { t: 2, share: 1, between: true },
    { t: 4, share: 2 },
    { t: 5, share: 1, between: true },
    { t: 5.5, share: 0.5, between: true },
    { t: 6, share: 0 },
  ])
})
it('leaves a curve that only touches an edge as it is', () => {
  const touching = [
    { t: 0, share: 0.2 },
    { t: 1, share: 0.5 },
    { t: 2, share: 0.2 },
  ]
  expect(withCrossings(touching)).toEqual(touching)
})
it('cuts the curve where its band changes: grey below half, watch up to the line, alarm until it fires, held after', () => {
  const cut = segments(
    [
      { t: 0, share: 0 },
      { t: 4, share: 2, poison: true },
      { t: 9, share: 2, poison: true },
      { t: 10, share: 0 },
    ],
    [4],
  )
  expect(cut.map((s) => [s.band, s.poison, s.samples[0]?.t, s.samples.at(-1)?.t])).toEqual([
    ['evidence', true, 0, 1],
    ['watch', true, 1, 2],
    ['alarm', true, 2, 4],
    ['held', true, 4, 10],
  ])
})
it('holds what was above the line before the range began', () =>
  expect(
    segments(
      [
        { t: 0, share: 1.3 },
        { t: 4, share: 1.3 },
      ],
      [],
    ).map((s) => s.band),
  ).toEqual(['held']))
it('shares one axis among strips, and the range asked for wins', () => {
  const a = strip([point('2026-01-01T00:00:00Z', 0), point('2026-01-02T00:00:00Z', 0)])
  const b = strip([point('2026-01-03T00:00:00Z', 0)])
  expect(domainOf([a, b])).toEqual([Date.parse('2026-01-01T00:00:00Z'), Date.parse('2026-01-03T00:00:00Z')])
  expect(domainOf([a], { from: '2025-12-01T00:00:00Z' })?.[0]).toBe(Date.parse('2025-12-01T00:00:00Z'))
  expect(domainOf([strip([])])).toBeNull()
})
it('finds the worst moment and the one under the cursor', () => {
  const points = [
    point('2026-01-01T00:00:00Z', 0.1),
    point('2026-01-02T00:00:00Z', 1.8),
    point('2026-01-03T00:00:00Z', 0.4),
  ]
  expect(peak(points)?.share).toBe(1.8)
  expect(sampleAt(points, Date.parse('2026-01-02T12:00:00Z'))?.share).toBe(1.8)
  expect(sampleAt(points, 0)).toBeNull()
})
