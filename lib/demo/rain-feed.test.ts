import { describe, expect, it } from 'vitest'
import { drift, rainFeed } from '@/lib/demo/rain-feed'
import { loadWeather } from '@/lib/demo/sets'
import { dayMs } from '@/lib/demo/steps'

const weather = loadWeather()
const spanMs = 45 * dayMs
const feed = rainFeed(weather, 7, spanMs)
const real = new Map(weather.map((day) => [`obs-${day.row}`, day]))
const requests = feed.steps.flatMap((step) => (step.to === 'learner' ? [{ ...step.request, atMs: step.atMs }] : []))

describe('the rain feed', () => {
  it('asks about 4,000 real days, one after the other', () => {
    expect(weather).toHaveLength(18_159)
    const rows = requests.map(({ id }) => Number(id.replace('obs-', '')))
    expect(rows).toEqual(Array.from({ length: 4000 }, (_, i) => (rows[0] as number) + i))
  })

  it('leaves every feature as it was measured, at six stations', () => {
    for (const { id, features } of requests) expect(features).toEqual(real.get(id)?.features)
    expect(new Set(requests.map(({ segment }) => segment?.station)).size).toBe(6)
  })

  it('says when the archive’s visibility changed: far days become common', () => {
    const far = (before: boolean) => {
      const days = requests.filter(({ atMs }) => atMs < feed.truth.beginsAtMs === before)
      return days.filter(({ features }) => (features[drift.feature] as number) > 11.4).length / days.length
    }
    expect(far(true)).toBeLessThan(0.005)
    expect(far(false)).toBeGreaterThan(0.33)
  })

  it('tells the truth in every label and every training row', () => {
    for (const step of feed.steps) {
      if (step.to !== 'assay') continue
      const id = step.id.replace(/^[tl]-/, '')
      expect(step.data.label).toBe(real.get(id)?.label)
    }
  })
})
