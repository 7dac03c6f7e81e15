import type { MadeStream, Truth } from './truth'
import { makeWorld, number, regions, round } from './world'

const rows = 16_000

/** Where it begins differs from seed to seed, so that no detector can have learnt it. */
const begin = (seed: string) =>
  5000 + ((seed.length * 7919 + [...seed].reduce((s, c) => s + c.charCodeAt(0), 0) * 131) % 4000)

const moved = (feature: string, from: number, more: Partial<Truth> = {}): Truth => ({
  kinds: ['drift.feature'],
  subject: { feature },
  from,
  verdicts: ['benign-shift'],
  follows: ['drift.prediction', 'drift.label', 'drift.concept', 'drift.performance'],
  ...more,
})

/** What a feature may honestly do. */
export const inputs: readonly ((seed: string) => MadeStream)[] = [
  (seed) => {
    const at = begin(seed)
    const row = (r: Parameters<typeof number>[0], i: number) => {
      if (i >= at) r.features.income = round(number(r, 'income') * 1.12)
    }
    return makeWorld('shift-025sd', seed, rows, { row }, (line) => [moved('income', line(at))])
  },
  (seed) => {
    const at = begin(seed)
    const row = (r: Parameters<typeof number>[0], i: number) => {
      if (i >= at) r.features.wealth = round(number(r, 'wealth') + 1)
    }
    return makeWorld('shift-1sd', seed, rows, { row }, (line) => [moved('wealth', line(at))])
  },
  (seed) => {
    const at = begin(seed)
    const row = (r: Parameters<typeof number>[0], i: number) => {
      r.features.age = Math.round(number(r, 'age') + 12 * Math.min(1, Math.max(0, (i - at) / 3000)))
    }
    return makeWorld('shift-gradual', seed, rows, { row }, (line) => [moved('age', line(at))])
  },
  (seed) => {
    const at = begin(seed)
    const row = (r: Parameters<typeof number>[0], i: number) => {
      if (i >= at) r.features.wealth = round(number(r, 'wealth') * 1.3)
    }
    return makeWorld('scale-13', seed, rows, { row }, (line) => [moved('wealth', line(at))])
  },
  (seed) => {
    const at = begin(seed)
    return makeWorld(
      'category-share',
      seed,
      rows,
      {
        row: (r, i, random) => {
          if (i >= at && r.features.plan === 'basic' && random.chance(0.25)) r.features.plan = 'plus'
        },
      },
      (line) => [moved('plan', line(at))],
    )
  },
  (seed) => {
    const at = begin(seed)
    return makeWorld(
      'category-new',
      seed,
      rows,
      {
        row: (r, i, random) => {
          if (i >= at && random.chance(0.03)) r.features.channel = 'kiosk'
        },
      },
      (line) => [moved('channel', line(at))],
    )
  },
  (seed) => {
    const at = begin(seed)
    const region = regions[2]
    return makeWorld(
      'segment-local',
      seed,
      rows,
      {
        row: (r, i) => {
          if (i >= at && r.segment.region === region) r.features.income = round(number(r, 'income') * 1.5)
        },
      },
      (line) => [moved('income', line(at), { subject: { feature: 'income', segment: { region } } })],
    )
  },
]
