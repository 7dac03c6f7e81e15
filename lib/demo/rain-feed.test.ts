import { describe, expect, it } from 'vitest'
import { rainFeed, upgrade, weatherColumns } from '@/lib/demo/rain-feed'
import { loadWeather } from '@/lib/demo/sets'
import { dayMs } from '@/lib/demo/steps'

const weather = loadWeather()
const spanMs = 45 * dayMs
const feed = rainFeed(weather, 7, spanMs)
const real = new Map(weather.map((day) => [`obs-${day.row}`, day]))
const requests = feed.steps.flatMap((step) => (step.to === 'learner' ? [{ ...step.request, atMs: step.atMs }] : []))

describe('the rain feed', () => {
  it('asks about 7,000 real days, none twice', () => {
    expect(weather).toHaveLength(18_159)
    expect(new Set(requests.map(({ id }) => id)).size).toBe(7000)
  })

  it('leaves every feature but visibility as it was measured', () => {
    for (const { id, features } of requests)
      for (const name of weatherColumns)
        if (name !== upgrade.feature) expect(features[name]).toBe(real.get(id)?.features[name])
  })

  it('lowers visibility by a fifth at every station, smoothly, and not before the upgrade begins', () => {
    const ratio = ({ id, features }: (typeof requests)[number]) =>
      (features.visibility as number) / (real.get(id)?.features.visibility ?? Number.NaN)
    for (const request of requests) {
      if (request.atMs < feed.truth.beginsAtMs) expect(ratio(request)).toBe(1)
      // Rounded to a tenth of a mile: exact for clear days only.
      else if (request.atMs > feed.truth.beginsAtMs + upgrade.rollOutMs && (request.features.visibility as number) > 5)
        expect(Math.abs(ratio(request) - upgrade.factor)).toBeLessThan(0.011)
    }
    const after = requests.filter(({ atMs }) => atMs > feed.truth.beginsAtMs + upgrade.rollOutMs)
    expect(new Set(after.map(({ segment }) => segment?.station)).size).toBe(6)
  })

  it('tells the truth in every label and every training row', () => {
    for (const step of feed.steps) {
      if (step.to !== 'assay') continue
      const id = step.id.replace(/^[tl]-/, '')
      expect(step.data.label).toBe(real.get(id)?.label)
    }
  })
})
