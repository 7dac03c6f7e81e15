import { describe, expect, it } from 'vitest'
import { drive, eventAt } from '@/lib/detect/drift/test-drive'
import { volume } from '@/lib/detect/quality/volume'
import type { Arrival } from '@/lib/event/types'
import { hashUniform } from '@/lib/stats/hash-uniform'

const minuteMs = 60_000

/** Predictions with a gap each, milliseconds; `shift` moves the time that is written without moving the clock. */
function traffic(rows: number, gapMs: (t: number, nowMs: number) => number, shift: (t: number) => number = () => 0) {
  let now = 1_700_000_000_000
  return Array.from({ length: rows }, (_, t): Arrival => {
    now += gapMs(t, now)
    const { event, index } = eventAt(t, 'ml.prediction.v1', { model: 'm', version: '1', features: {}, prediction: 'a' })
    return { event: { ...event, timeMs: Math.round(now + shift(t)) }, index }
  })
}
const random = (t: number, mean = minuteMs, key = 'gap') => -mean * Math.log(hashUniform(key, t))
const said = (stream: Arrival[]) => drive(volume, stream)

describe('traffic', () => {
  it('finds a silence at the first events after it, and tells all of it', () => {
    const alarms = said(traffic(7000, (t) => random(t) + (t === 5000 ? 800 * minuteMs : 0)))
    expect(alarms.map((a) => [a.eventIndex, a.verdict])).toEqual([[5002, 'pipeline-bug']])
    expect(Number.isInteger(alarms[0]?.onsetTimeMs)).toBe(true)
    expect(alarms[0]?.why).toMatch(/^no predictions for 13(\.\d+)? h of event time, where about 8\d\d were due$/)
  })

  it.each([
    ['halves', 2],
    ['triples', 1 / 3],
  ])('finds traffic that %s within 250 rows', (_, factor) => {
    const alarms = said(traffic(8000, (t) => random(t) * (t >= 5000 ? factor : 1)))
    expect(alarms).toHaveLength(1)
    expect(alarms[0]?.eventIndex).toBeGreaterThanOrEqual(5000)
    expect(alarms[0]?.eventIndex).toBeLessThan(5250)
    expect(Math.abs((alarms[0]?.onsetIndex ?? 0) - 5000)).toBeLessThan(60)
  })

  it('says nothing of constant, random, disordered or single wrong times', () => {
    expect(said(traffic(6000, () => 0))).toEqual([])
    expect(
      said(
        traffic(
          6000,
          () => minuteMs,
          (t) => 1e10 * hashUniform('any', t),
        ),
      ),
    ).toEqual([])
    const late = (t: number) => -30 * minuteMs * hashUniform('late', t) ** 4
    expect(said(traffic(12_000, (t) => random(t), late))).toEqual([])
    const wrong = (t: number) => (t % 997 === 0 ? 1e11 : 0)
    expect(said(traffic(12_000, (t) => random(t), wrong))).toEqual([])
  })

  it('says nothing of bursts and of nights', () => {
    expect(
      said(traffic(20_000, (t) => (t % 400 === 0 ? (1 + 5 * hashUniform('pause', t)) * 3_600_000 : 4000))),
    ).toEqual([])
    const day = (nowMs: number) => 1 + 0.8 * Math.sin((2 * Math.PI * nowMs) / 86_400_000)
    expect(said(traffic(30_000, (t, now) => random(t) / day(now)))).toEqual([])
  })
})
