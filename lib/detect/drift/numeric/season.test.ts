import { describe, expect, it } from 'vitest'
import { numericFeature } from '@/lib/detect/drift/numeric/numeric-feature'
import { drive } from '@/lib/detect/drift/test-drive'
import type { Arrival, AssayEvent } from '@/lib/event/types'
import { hashUniform } from '@/lib/stats/hash-uniform'
import { normalQuantile } from '@/lib/stats/normal'

const hourMs = 3_600_000
const dayMs = 24 * hourMs
/** A Monday, 0 h UTC. */
const mondayMs = Date.UTC(2026, 0, 5)

/** `perHour` rows an hour for some days; x from the normal variate, the hour of the day and the day (0 is a Monday). */
function stream(perHour: number, days: number, x: (z: number, hour: number, day: number) => number): Arrival[] {
  return Array.from({ length: perHour * 24 * days }, (_, index) => {
    const timeMs = mondayMs + (index / perHour) * hourMs
    const day = Math.floor((timeMs - mondayMs) / dayMs)
    const z = normalQuantile(hashUniform('season', index))
    const features = {
      x: x(z, ((timeMs - mondayMs) % dayMs) / hourMs, day),
      y: normalQuantile(hashUniform('y', index)),
    }
    const event = { type: 'ml.prediction.v1', id: `e${index}`, source: '/test', timeMs }
    const data = { model: 'm', version: '1', features, prediction: 'a' }
    return { index, event: { ...event, data } as AssayEvent }
  })
}
const wave = (hour: number) => Math.sin((2 * Math.PI * hour) / 24)
/** Each weekday its own. */
const weekday = (day: number) => [0.9, -0.4, 0.3, -0.8, 0.5, -1.2, 1.1][day % 7] as number
const said = (events: Arrival[]) =>
  drive(numericFeature, events).map((a) => [a.subject.feature, a.eventIndex, a.onsetIndex])

describe('a feature that goes with the hours', () => {
  it.each([
    ['a day, 20 rows an hour', stream(20, 21, (z, hour) => z + wave(hour))],
    [
      'a day, 100 rows an hour, of which the first rows show less than one',
      stream(100, 12, (z, hour) => z + wave(hour)),
    ],
    ['a day that multiplies', stream(40, 18, (z, hour) => Math.exp(z + 2 * wave(hour)))],
    ['a day of counts', stream(40, 18, (z, hour) => Math.round(3 + z + 2 * wave(hour)))],
    ['a week', stream(40, 28, (z, hour, day) => z + wave(hour) + weekday(day))],
    [
      'a week with a holiday: the third Wednesday is a Sunday',
      stream(40, 28, (z, hour, day) => z + wave(hour) + weekday(day === 16 ? 6 : day)),
    ],
  ])('says nothing of %s', (_, events) => {
    expect(said(events)).toEqual([])
  })

  it('finds a shift of .7 σ beneath the week', () => {
    const from = 40 * 24 * 17
    const shifted = stream(40, 24, (z, hour, day) => z + wave(hour) + weekday(day)).map((arrival): Arrival => {
      const { event } = arrival
      if (event.type !== 'ml.prediction.v1' || arrival.index < from) return arrival
      const { x, ...others } = event.data.features
      return {
        ...arrival,
        event: { ...event, data: { ...event.data, features: { ...others, x: (x as number) + 0.7 } } },
      }
    })
    const [first] = said(shifted)
    expect(first?.[0]).toBe('x')
    expect(first?.[1] as number).toBeGreaterThanOrEqual(from)
    expect(first?.[1] as number).toBeLessThan(from + 400)
    expect(Math.abs((first?.[2] as number) - from)).toBeLessThan(200)
  })
})
