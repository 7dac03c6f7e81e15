import { describe, expect, it } from 'vitest'
import { drive, eventAt, predictionsOf } from '@/lib/detect/drift/test-drive'
import { qualityFlags } from '@/lib/detect/quality/flags'
import type { Arrival, FeatureValue } from '@/lib/event/types'
import { hashUniform } from '@/lib/stats/hash-uniform'

type Row = Record<string, FeatureValue>
const normal = (key: string, t: number) =>
  Math.sqrt(-2 * Math.log(hashUniform(`${key} r`, t))) * Math.cos(2 * Math.PI * hashUniform(`${key} a`, t))
const number = (key: string, t: number) => Number((50 + 10 * normal(key, t)).toFixed(3))

/** 25 features, the first of which the change is made to. */
const rows = (count: number, change: (row: Row, t: number) => void): Arrival[] =>
  predictionsOf(count, (t) => {
    const row: Row = {}
    for (let f = 0; f < 25; f++) row[`x${f}`] = number(`x${f}`, t)
    change(row, t)
    return row
  })
const summary = (alarms: ReturnType<typeof drive>) =>
  alarms.map((a) => [a.kind, a.subject.feature, a.eventIndex, a.onsetIndex, a.verdict])

describe('flags of columns', () => {
  it('finds an outage within three rows where nothing was ever missing', () => {
    const alarms = drive(
      qualityFlags,
      rows(4000, (row, t) => {
        if (t >= 3000) row.x0 = null
      }),
    )
    expect(summary(alarms)).toEqual([['quality.missing', 'x0', 3002, 3000, 'pipeline-bug']])
    expect(alarms[0]?.why).toBe('x0 is missing in 100 % of the rows (null), 0 % before')
  })

  it('says of a number that is rounded that its steps are coarser, not that it stands still', () => {
    const alarms = drive(
      qualityFlags,
      rows(4000, (row, t) => {
        if (t >= 3000) row.x0 = Math.round(row.x0 as number)
      }),
    )
    expect(alarms.map((a) => [a.kind, a.subject.feature])).toEqual([['quality.schema', 'x0']])
    expect(alarms[0]?.why).toContain('x0 comes in steps of 1,')
  })

  it('tells dates that are written another way', () => {
    const alarms = drive(
      qualityFlags,
      rows(4000, (row, t) => {
        const [day, month] = [String(1 + (t % 28)).padStart(2, '0'), String(1 + (t % 12)).padStart(2, '0')]
        row.x0 = t >= 3000 ? `${day}/${month}/1990` : `1990-${month}-${day}`
      }),
    )
    expect(alarms.map((a) => [a.kind, a.subject.feature, a.onsetIndex])).toEqual([['quality.schema', 'x0', 3000]])
  })

  it('says that a key is gone, and that others came, one finding each', () => {
    const alarms = drive(
      qualityFlags,
      rows(4000, (row, t) => {
        if (t < 3000) return
        delete row.x0
        row.y0 = 1
        row.y1 = 'a'
      }),
    )
    expect(alarms.map((a) => [a.kind, a.subject.feature, a.onsetIndex])).toEqual([
      ['quality.missing', 'x0', 3000],
      ['quality.schema', 'y0', 3000],
      ['quality.schema', 'y1', 3000],
    ])
    expect(alarms[0]?.why).toContain('the key is gone')
    expect(Math.max(...alarms.map((a) => a.eventIndex))).toBeLessThan(3008)
  })

  it('holds numbers of a segment value that the baseline never saw against nothing', () => {
    const launch = rows(5000, (row, t) => {
      row.x0 = t >= 3000 && t % 10 === 0 ? -5 : Math.abs(normal('x', t))
    })
    for (const [t, { event }] of launch.entries())
      if (event.type === 'ml.prediction.v1')
        Object.assign(event.data, { segment: { region: t >= 3000 && t % 10 === 0 ? 'new' : 'old' } })
    expect(drive(qualityFlags, launch)).toEqual([])
  })

  it('finds missing 3 % → 8 %', () => {
    const alarms = drive(
      qualityFlags,
      rows(6000, (row, t) => {
        if (hashUniform('gone', t) < (t >= 3000 ? 0.08 : 0.03)) row.x0 = null
      }),
    )
    expect(alarms.map((a) => a.kind)).toEqual(['quality.missing'])
    expect(Math.abs((alarms[0]?.onsetIndex ?? 0) - 3000)).toBeLessThan(150)
    expect(alarms[0]?.eventIndex).toBeLessThan(3900)
  })

  it.each<[string, (row: Row, t: number) => void, string]>([
    ['a number that becomes a string', (row) => (row.x0 = String(row.x0)), 'quality.schema'],
    ['a number that stands still', (row) => (row.x0 = 12.345), 'quality.frozen'],
  ])('finds %s within five rows', (_, change, kind) => {
    const alarms = drive(
      qualityFlags,
      rows(4000, (row, t) => {
        if (t >= 3000) change(row, t)
      }),
    )
    expect(alarms.map((a) => [a.kind, a.subject.feature, a.verdict])).toEqual([[kind, 'x0', 'pipeline-bug']])
    expect(alarms[0]?.eventIndex).toBeLessThanOrEqual(3005)
  })

  it.each([
    ['-999', -999],
    ['a billion', 1e9],
  ])('finds %s in one row of ten, and says so', (_, value) => {
    const alarms = drive(
      qualityFlags,
      rows(5000, (row, t) => {
        if (t >= 3000 && hashUniform('code', t) < 0.1) row.x0 = value
      }),
    )
    expect(alarms.map((a) => [a.kind, a.subject.feature])).toEqual([['quality.range', 'x0']])
    expect(alarms[0]?.why).toContain('exactly')
    expect(alarms[0]?.eventIndex).toBeLessThan(3120)
  })

  it('finds one value filled into a fifth of the rows', () => {
    const alarms = drive(
      qualityFlags,
      rows(5000, (row, t) => {
        if (t >= 3000 && hashUniform('fill', t) < 0.2) row.x0 = 50
      }),
    )
    expect(alarms.map((a) => a.kind)).toEqual(['quality.range'])
    expect(alarms[0]?.why).toContain('exactly 50 in about')
  })

  it('finds what was constant and varies, and a text that is spelled anew', () => {
    const alarms = drive(
      qualityFlags,
      rows(4000, (row, t) => {
        row.fixed = t >= 3000 ? 8 : 7
        row.city = ['paris', 'rome', 'lima'][t % 3] as string
        if (t >= 3500) row.city = row.city.toUpperCase()
      }),
    )
    expect(alarms.map((a) => [a.kind, a.subject.feature])).toEqual([
      ['quality.range', 'fixed'],
      ['quality.schema', 'city'],
    ])
  })

  it('names the segment whose producer lost the column, and no other', () => {
    const stream = rows(6000, (row, t) => {
      if (t >= 3000 && t % 7 === 3) row.x0 = null
    }).map(({ event, index }) => {
      const segment = { site: `s${index % 7}` }
      return eventAt(index, 'ml.prediction.v1', { ...event.data, segment })
    })
    const alarms = drive(qualityFlags, stream)
    expect(alarms.map((a) => a.subject)).toEqual([{ feature: 'x0', segment: { site: 's3' } }])
  })

  it('says nothing when it ends, tells the return, and finds it again', () => {
    const stream = rows(6000, (row, t) => {
      if ((t >= 3000 && t < 3400) || t >= 4500) row.x0 = null
    })
    expect(summary(drive(qualityFlags, stream)).map((a) => [a[0], a[3]])).toEqual([
      ['quality.missing', 3000],
      ['quality.missing', 4500],
    ])
  })

  it('is silent on habits: nights without the column, runs, a segment that never had it, a column that creeps', () => {
    const stream = rows(20_000, (row, t) => {
      const hour = Math.floor(t / 60) % 24
      if (hour < 5) row.x0 = null
      if (hashUniform('run', Math.floor(t / 4)) < 0.02) row.x1 = null
      row.x2 = Number((0.01 * Math.sin(t / 40)).toFixed(3))
    })
    expect(summary(drive(qualityFlags, stream))).toEqual([])
  })
})
