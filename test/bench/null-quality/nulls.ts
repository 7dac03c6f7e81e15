import type { Arrival, FeatureValue } from '@/lib/event/types'
import { type Random, seededRandom } from '@/test/bench/drift/stream/random'

/** A stream in which nothing happens: its rows as they come. */
export interface Null {
  readonly name: string
  /** What watches it. */
  readonly detector: 'flags' | 'volume'
  rows(seed: string, count: number): Arrival[]
}

const minuteMs = 60_000
const hourMs = 60 * minuteMs
type Row = Record<string, FeatureValue>

/** @param make the features of a row, its segment, and the gap before it, milliseconds. */
const nullOf = (
  name: string,
  detector: Null['detector'],
  start: (
    random: Random,
  ) => (t: number, nowMs: number) => { features?: Row; site?: string; gapMs: number; late?: number },
): Null => ({
  name,
  detector,
  rows(seed, count) {
    const random = seededRandom(`${name}/${seed}`)
    const make = start(random)
    let now = Date.UTC(2025, random.below(12), 1 + random.below(28), random.below(24))
    return Array.from({ length: count }, (_, t): Arrival => {
      const { features = {}, site, gapMs, late = 0 } = make(t, now)
      now += gapMs
      const segment = site === undefined ? {} : { segment: { site } }
      const data = { model: 'm', version: '1', features, prediction: 'a', ...segment }
      const timeMs = Math.round(now - late)
      return { index: t, event: { type: 'ml.prediction.v1', id: `p${t}`, source: '/null', timeMs, data } }
    })
  },
})

const poisson = (random: Random, mean = minuteMs) => -mean * Math.log(random.uniform())
const number = (random: Random) => Number((50 + 10 * random.normal()).toFixed(2))
const hourOf = (nowMs: number) => Math.floor(nowMs / hourMs) % 24

export const nulls: readonly Null[] = [
  nullOf('missing at any rate', 'flags', (random) => {
    const rates = [0, 0.001, 0.01, 0.05, 0.3, 0.7, 0.99].map((rate) => rate * (0.8 + 0.2 * random.uniform()))
    return () => ({
      gapMs: minuteMs,
      features: Object.fromEntries(rates.map((rate, i) => [`x${i}`, random.chance(rate) ? null : number(random)])),
    })
  }),
  nullOf('dirty: strings, sentinels, wild values', 'flags', (random) => {
    const [p, q, r] = [0.02, 0.01, 0.005].map((most) => most * random.uniform()) as [number, number, number]
    return () => ({
      gapMs: minuteMs,
      features: {
        a: random.chance(p) ? 'n/a' : number(random),
        b: random.chance(q) ? -999 : number(random),
        c: random.chance(r) ? 1e6 * random.normal() : random.heavy(),
        d: Math.round(3 * random.normal()),
        e: random.pick(['red', 'green', 'Blue']),
      },
    })
  }),
  nullOf('missing in runs', 'flags', (random) => {
    const rate = 0.02 * random.uniform()
    const most = 2 + random.below(30)
    let left = 0
    return () => {
      if (left > 0) left--
      else if (random.chance(rate)) left = 1 + random.below(most)
      return { gapMs: minuteMs, features: { a: left > 0 ? null : number(random), b: number(random) } }
    }
  }),
  nullOf('missing by segment, whose mix wanders', 'flags', (random) => {
    let mix = 0.5
    return () => {
      mix = Math.min(0.9, Math.max(0.1, mix + 0.01 * random.normal()))
      const site = random.chance(mix) ? 's1' : 's2'
      return {
        gapMs: minuteMs,
        site,
        features: { a: random.chance(site === 's1' ? 0.4 : 0.02) ? null : number(random) },
      }
    }
  }),
  nullOf('missing by night', 'flags', (random) => {
    const share = random.pick([0.3, 1])
    return (_, now) => ({
      gapMs: 3 * minuteMs,
      features: { a: hourOf(now) < 5 && random.chance(share) ? null : number(random), b: number(random) },
    })
  }),
  nullOf('creeping numbers', 'flags', (random) => {
    const phi = random.pick([0.9, 0.98])
    let z = random.normal()
    return () => {
      z = phi * z + Math.sqrt(1 - phi * phi) * random.normal()
      return { gapMs: minuteMs, features: { a: Number(z.toFixed(3)), b: Number(Math.exp(1.4 * z).toFixed(3)) } }
    }
  }),
  nullOf('random arrivals', 'volume', (random) => () => ({ gapMs: poisson(random) })),
  nullOf('random arrivals, a second apart', 'volume', (random) => () => ({ gapMs: poisson(random, 1000) })),
  nullOf('even arrivals, late by up to an hour', 'volume', (random) => () => ({
    gapMs: minuteMs,
    late: hourMs * random.uniform() ** 6,
  })),
  nullOf('bursts of a few, the size geometric', 'volume', (random) => {
    const more = 0.5 + 0.4 * random.uniform()
    return () => ({ gapMs: random.chance(more) ? 500 : poisson(random) })
  }),
  nullOf('bursts of hundreds', 'volume', (random) => (t) => ({
    gapMs: t % 400 === 0 ? hourMs * (1 + 5 * random.uniform()) : 4000,
  })),
  nullOf('a rate that wanders', 'volume', (random) => {
    let z = random.normal()
    const phi = random.pick([0.99, 0.995, 0.999])
    return () => {
      z = phi * z + Math.sqrt(1 - phi * phi) * random.normal()
      return { gapMs: poisson(random) * Math.exp(0.5 * z) }
    }
  }),
  nullOf('days and nights', 'volume', (random) => {
    const depth = 0.3 + 0.6 * random.uniform()
    const mean = random.pick([0.2, 1, 3]) * minuteMs
    return (_, now) => ({ gapMs: poisson(random, mean) / (1 + depth * Math.sin((2 * Math.PI * now) / (24 * hourMs))) })
  }),
  nullOf('office hours, weekends at a third', 'volume', (random) => (_, now) => {
    const weekday = (Math.floor(now / (24 * hourMs)) + 3) % 7
    const hour = hourOf(now)
    return { gapMs: poisson(random, 3 * minuteMs) / ((hour >= 8 && hour < 18 ? 2 : 0.4) * (weekday >= 5 ? 0.33 : 1)) }
  }),
]
