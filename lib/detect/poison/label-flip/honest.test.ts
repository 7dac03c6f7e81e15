import { describe, expect, it } from 'vitest'
import { hashUniform } from '@/lib/stats/hash-uniform'
import { flipStream, turn } from '@/test/fixture/flip-stream'
import { contextOf, type Training, watchRows } from '@/test/fixture/watch-rows'
import { labelFlip } from './label-flip'

const watch = (rows: readonly Training[], mass = 1 / 200_000) => watchRows(labelFlip, rows, contextOf(mass)).alarms

describe('honest streams accuse nobody', () => {
  const cases: Record<string, Parameters<typeof flipStream>[3]> = {
    'all alike': () => ({}),
    'a source in the hard region only': (row) =>
      row.region === 'west' ? { origin: { id: 'vendor-west', kind: 'vendor' } } : {},
    'a region whose rule turns, nine tenths of it from one source': (row, u) => ({
      ...(row.region === 'west' && u < 0.9 ? { origin: { id: 'vendor-west', kind: 'vendor' } } : {}),
      ...(row.region === 'west' && row.index > 2000 ? { label: turn(row.label) } : {}),
    }),
    'a careless source, 10 %': (row, u) => (row.origin === 'vendor-2' && u < 0.1 ? { label: turn(row.label) } : {}),
    'a concept that turns for all': (row) => (row.index > 2000 ? { label: turn(row.label) } : {}),
    'a concept that turns for all, by and by': (row, u) =>
      u < (row.index - 1000) / 2000 ? { label: turn(row.label) } : {},
    'a new source with one class only': (row) =>
      row.index > 1500 && row.label === 'approve' && row.index % 3 === 0
        ? { origin: { id: 'new', kind: 'vendor' } }
        : {},
    'a source alone, whose world turns': (row) => ({
      origin: { id: 'only', kind: 'vendor' },
      ...(row.index > 2000 ? { label: turn(row.label) } : {}),
    }),
    'a thousand small sources': (row, u) => ({ origin: { id: `u-${Math.floor(u * 1000)}`, kind: 'user' } }),
    'a new class that everyone takes up': (row, u) => (row.index > 1500 && u < 0.2 ? { label: 'ask' } : {}),
    'a new class of one source': (row, u) =>
      row.origin === 'vendor-1' && row.index > 1500 && u < 0.2 ? { label: 'ask' } : {},
  }
  for (const [name, change] of Object.entries(cases)) {
    it(name, () => {
      for (const seed of ['a', 'b', 'c', 'd']) expect(watch(flipStream(`${name} ${seed}`, 4000, 8, change))).toEqual([])
    })
  }

  it('a kind of row that one source alone begins to send, and that lies between the classes', () => {
    for (const seed of ['a', 'b', 'c', 'd']) {
      const rows = flipStream(`hard ${seed}`, 4000, 8).map((row) => {
        const { data } = row.event
        const isHard =
          data.origin.id === 'vendor-2' && row.index >= 1500 && hashUniform(`${seed} hard`, row.index) < 0.6
        const features = { ...data.features, kind: isHard ? 'late' : 'usual' }
        const label = isHard && hashUniform(`${seed} side`, row.index) < 0.5 ? turn(data.label as string) : data.label
        return { ...row, event: { ...row.event, data: { ...data, features, label } } }
      })
      expect(watch(rows)).toEqual([])
    }
  })

  it('stays within a budget a hundred times as generous', () => {
    // 20 streams of 4,000 rows at a mass of 1/2,000 a row: at most 40 expected; in trials none to few, for the null is composite.
    let accused = 0
    for (let seed = 0; seed < 20; seed++) accused += watch(flipStream(`null ${seed}`, 4000, 8), 1 / 2000).length
    expect(accused).toBeLessThanOrEqual(40)
  })
})
