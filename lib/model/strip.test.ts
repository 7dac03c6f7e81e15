import { expect, it } from 'vitest'
import { makeStrip } from './strip'

const range = { from: new Date('2026-11-01T00:00:00Z'), to: new Date('2026-11-03T00:00:00Z') }
const sample = (hour: number, logE: number) => ({
  at: new Date(range.from.getTime() + hour * 3_600_000),
  kind: 'drift.feature' as const,
  unit: 'feature=temp',
  logE,
  threshold: 10,
  effect: 0.1,
})

it('puts the alarm itself on the strip, between the samples, with its onset and versions', () => {
  const fired = {
    id: 'a-1',
    kind: 'poison.label_flip' as const,
    severity: 'critical' as const,
    logE: 10 + Math.log(10),
    threshold: 10,
    effect: 0.4,
    onsetAt: new Date('2026-10-31T00:00:00Z'),
    firedAt: new Date('2026-11-01T01:30:00Z'),
  }
  const versions = [{ version: 'v2', at: new Date('2026-11-02T00:00:00Z') }]
  const strip = makeStrip(
    { id: 'x', title: 'x' },
    [sample(1, 10 - Math.log(10)), sample(2, -3)],
    { fired: [fired], versions },
    range,
  )
  expect(strip.points.map((p) => [p.at.slice(11, 16), Number(p.share.toFixed(9))])).toEqual([
    ['01:00', 0.5],
    ['01:30', 1.5],
    ['02:00', 0],
  ])
  // The onset lies before the range.
  expect(strip.marks.map((mark) => mark.kind)).toEqual(['alarm', 'version'])
  expect(strip.marks[0]).toMatchObject({ href: '/alerts/a-1', poison: true, severity: 'critical' })
})

it('shows some of many versions rather than all', () => {
  const versions = Array.from({ length: 600 }, (_, i) => ({
    version: `v${i}`,
    at: new Date(range.from.getTime() + i * 60_000),
  }))
  expect(makeStrip({ id: 'x', title: 'x' }, [], { fired: [], versions }, range).marks).toHaveLength(60)
})
