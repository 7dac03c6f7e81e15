import { describe, expect, it } from 'vitest'
import { conformanceContext } from '@/lib/detect/conformance'
import type { Alarm, Context } from '@/lib/detect/detector'
import { usualRelation } from '@/lib/detect/drift/usual/usual-relation'
import { framesOf, startFrame } from '@/lib/detect/frame'
import type { Arrival } from '@/lib/event/types'
import { hashUniform } from '@/lib/stats/hash-uniform'
import { normalQuantile } from '@/lib/stats/normal'

const normal = (lane: string, t: number) => normalQuantile(hashUniform(lane, t))

/** Weather: a common walk that no baseline holds, in three features, and one that goes its own way. */
function weather(rows: number, change: (row: Record<string, number>, t: number) => void): Arrival[] {
  let walk = 0
  let own = 0
  let burst = 1
  return Array.from({ length: rows }, (_, t) => {
    burst = 0.98 * burst + 0.02 * (1 + 2 * normal('burst', t) ** 2)
    walk = 0.997 * walk + 0.08 * burst * normal('walk', t)
    own = 0.997 * own + 0.08 * burst * normal('own', t)
    const row = {
      temp: 50 + 10 * walk + normal('a', t),
      dew: 40 + 8 * walk + normal('b', t),
      low: 45 + 9 * walk + normal('c', t),
      wind: 9 + own,
    }
    change(row, t)
    const data = { model: 'm', version: '1', features: row, prediction: 1 }
    return {
      index: t,
      event: { id: `${t}`, source: '/', type: 'ml.prediction.v1', timeMs: t * 3_600_000, data },
    } as Arrival
  })
}

function alarmsOn(stream: readonly Arrival[]): Alarm[] {
  const config = { baseline: { rows: 2000 }, seasonality: 'none' as const }
  const ctx: Context = { ...conformanceContext(100_000), config, frame: framesOf(startFrame(config)) }
  const state = usualRelation.init(usualRelation.params, ctx)
  return [...usualRelation.update(state, stream, ctx).alarms]
}

const said = (alarms: readonly Alarm[]) => alarms.map((a) => [a.kind, a.subject.features ?? a.subject.feature])

describe('drift.feature/relation', () => {
  it('is silent while everything wanders together', () => {
    expect(alarmsOn(weather(10_000, () => {}))).toEqual([])
  })

  it('names the feature that parts from the others, once, and where it began', () => {
    const alarms = alarmsOn(
      weather(10_000, (row, t) => {
        if (t >= 6000) row.dew = (row.dew as number) + 8
      }),
    )
    expect(said(alarms)).toEqual([['drift.feature', 'dew']])
    expect(alarms[0]?.onsetIndex).toBe(6000)
    expect(alarms[0]?.eventIndex).toBeLessThan(6040)
  })

  it('tells a unit and an exchange of columns from a shift', () => {
    const unit = weather(8000, (row, t) => {
      if (t >= 6000) row.temp = 25.4 * (row.temp as number)
    })
    expect(said(alarmsOn(unit))).toEqual([['quality.range', 'temp']])
    // Values that cross zero, and a unit that adds as well as multiplies: only what the others say can tell.
    const celsius = weather(8000, (row, t) => {
      if (t >= 6000) row.temp = ((row.temp as number) - 32) / 1.8
    })
    const [converted] = alarmsOn(celsius)
    expect([converted?.kind, converted?.subject]).toEqual(['quality.range', { feature: 'temp' }])
    expect(converted?.why).toContain('in °C, no longer °F')
    const swap = weather(8000, (row, t) => {
      if (t >= 6000) [row.dew, row.wind] = [row.wind as number, row.dew as number]
    })
    expect(said(alarmsOn(swap)).map(([kind, features]) => [kind, [...(features as string[])].sort()])).toEqual([
      ['quality.swap', ['dew', 'wind']],
    ])
  })

  it('knows an exchange of columns by all the relations, whoever seems to have moved', () => {
    const alike = weather(8000, (row, t) => {
      if (t >= 6000) [row.temp, row.low] = [row.low as number, row.temp as number]
    })
    expect(said(alarmsOn(alike))).toEqual([['quality.swap', ['temp', 'low']]])
  })

  it('knows the noise of a column that was constant at first: it neither takes the blame for others nor hides', () => {
    const late = (change: (row: Record<string, number>, t: number) => void) =>
      weather(12_000, (row, t) => {
        if (t < 3000) row.wind = 9
        change(row, t)
      })
    expect(alarmsOn(late(() => {}))).toEqual([])
    const shift = late((row, t) => {
      if (t >= 9000) row.dew = (row.dew as number) + 8
    })
    expect(said(alarmsOn(shift))).toEqual([['drift.feature', 'dew']])
    const swap = late((row, t) => {
      if (t >= 9000) [row.dew, row.wind] = [row.wind as number, row.dew as number]
    })
    expect(said(alarmsOn(swap))).toEqual([['quality.swap', ['dew', 'wind']]])
  })
})
