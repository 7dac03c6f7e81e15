import { describe, expect, it } from 'vitest'
import { hashUniform } from '@/lib/stats/hash-uniform'
import { flipStream, turn } from '@/test/fixture/flip-stream'
import { contextOf, type Training, watchRows } from '@/test/fixture/watch-rows'
import { availability } from './availability'

const watch = (rows: readonly Training[]) => watchRows(availability, rows, contextOf(1 / 200_000)).alarms

/** Twenty labelers of one platform, and from line 2000 on six new ones with every twentieth row. */
const crowd = (seed: string, turned: (u: number, label: string) => boolean) =>
  flipStream(seed, 4000, 1, (row, u) => {
    const isNew = row.index >= 2000 && u < 0.05
    const labeler = isNew ? `new-${row.index % 6}` : `w-${Math.floor(hashUniform(`${seed} who`, row.index) * 20)}`
    return { labeler, ...(isNew && turned(u / 0.05, row.label) ? { label: turn(row.label) } : {}) }
  })

describe('labelers of one platform', () => {
  it('who come together and turn labels are named, each by himself', () => {
    const alarms = watch(crowd('gang', () => true))
    expect(new Set(alarms.map(({ kind }) => kind))).toEqual(new Set(['poison.label_flip']))
    const named = alarms.map(({ subject }) => subject.labeler)
    expect([...named].sort()).toEqual([0, 1, 2, 3, 4, 5].map((n) => `new-${n}`))
    for (const { subject, onsetIndex } of alarms) {
      expect(onsetIndex).toBeGreaterThanOrEqual(2000)
      expect(subject.eventIds?.length).toBeGreaterThan(0)
    }
  })

  it('who come together and guess, or label as anybody, are not', () => {
    for (const seed of ['a', 'b', 'c']) {
      expect(watch(crowd(`guess ${seed}`, (u) => u < 0.5))).toEqual([])
      expect(watch(crowd(`fine ${seed}`, (u) => u < 0.1))).toEqual([])
    }
  })
})
