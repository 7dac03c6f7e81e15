import { describe, expect, it } from 'vitest'
import { isRandom } from '@/lib/detect/poison/labeler/is-random'
import { carelessLabeler } from '@/lib/detect/poison/labeler/labeler'
import { personOf, startPeople } from '@/lib/detect/poison/labeler/people'
import { hashUniform } from '@/lib/stats/hash-uniform'
import { flipStream, turn } from '@/test/fixture/flip-stream'
import { changed, contextOf, type Training, watchRows } from '@/test/fixture/watch-rows'

const mass = 1 / 5_000_000
const watch = (rows: readonly Training[], size = 1, ctx = contextOf(mass)) =>
  watchRows(carelessLabeler, rows, ctx, size)

/** Eight labelers who work for every source; `wrong` is the share of labels that each turns. */
const crowd = (seed: string, wrong: (labeler: number, index: number) => number, rows = 6000) =>
  flipStream(seed, rows, 5, (row, u) => {
    const labeler = Math.floor(u * 8)
    const isWrong = hashUniform(`${seed} wrong`, row.index) < wrong(labeler, row.index)
    return { labeler: `w${labeler}`, ...(isWrong ? { label: turn(row.label) } : {}) }
  })

describe('a labeler of eight who gets 15 % wrong from the first row on', () => {
  const rows = crowd('careless', (labeler) => (labeler === 2 ? 0.15 : 0))
  const { alarms } = watch(rows)

  it('is warned of once, and is not accused', () => {
    expect(alarms.map((alarm) => [alarm.kind, alarm.unit, alarm.eventIndex])).toEqual([
      ['quality.labeler', 'labeler=w2', 3170],
    ])
    expect(alarms[0]).toMatchObject({ severity: 'warning', verdict: 'undetermined' })
    const ids = alarms[0]?.subject.eventIds ?? []
    expect(ids.length).toBeGreaterThan(30)
    for (const id of ids) expect(rows[Number(id.slice(2))]?.event.data.labeler).toBe('w2')
  })

  it('is the same for any batches', () => {
    expect(watch(rows, 131).alarms).toEqual(alarms)
  })
})

it('a source that grows careless is named as a source', () => {
  const rows = flipStream('tired', 9000, 6, (row, u) =>
    row.origin === 'vendor-4' && row.index > 2500 && u < 0.14 ? { label: turn(row.label) } : {},
  )
  expect(watch(rows).alarms.map((alarm) => alarm.unit)).toEqual(['origin=vendor-4'])
})

describe('stays silent', () => {
  const cases: Record<string, ReturnType<typeof crowd>> = {
    'where all are alike': crowd('alike', () => 0),
    'where all are careless alike': crowd('all careless', () => 0.15),
    'where skills differ evenly': crowd('skills', (labeler) => 0.02 * labeler, 4000),
    'of one who turns every label: that is an attack': crowd('hostile', (l, index) =>
      l === 2 && index > 2000 ? 1 : 0,
    ),
    'while the world turns for all': crowd('world', (_l, index) => (index > 2500 ? 0.4 : 0)),
    'of a source in the hard region': flipStream('hard', 5000, 6, (row) =>
      row.region === 'west' ? { origin: { id: 'vendor-west', kind: 'vendor' } } : {},
    ),
    'of one who turns a class only': crowd('alike', () => 0).map((row) =>
      row.event.data.labeler === 'w3' && row.event.data.label === 'approve' && row.index % 4 === 0
        ? changed(row, { label: 'refuse' })
        : row,
    ),
  }
  for (const [name, rows] of Object.entries(cases)) it(name, () => expect(watch(rows).alarms).toEqual([]))
})

it('errors that fall on one class only are not at random', () => {
  expect(isRandom({ usual: [100, 15, 2], unusual: [80, 11, 2] })).toBe(true)
  expect(isRandom({ usual: [100, 30, 2], unusual: [80, 5, 2] })).toBe(false)
  expect(isRandom({ usual: [100, 30, 2], unusual: [8, 0, 0] })).toBe(true)
})

it('a flood of names pushes out nobody with something against him', () => {
  const records = startPeople()
  const bad = personOf(records, 'labeler', 'bad', 50)
  if (!bad) throw new Error('no place')
  bad.gain = 3
  for (let i = 0; i < 5000; i++) personOf(records, 'labeler', `n-${i}`, 50)
  expect(records.byId.size).toBe(50)
  expect(records.byId.get('bad')).toBe(bad)
})
