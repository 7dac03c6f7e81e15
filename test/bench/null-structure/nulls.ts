import type { Row } from './drive'
import { type Random, random } from './random'

/** Streams in which nothing changes, by name; each a row maker for a seed. */
export type Maker = (seed: number) => (t: number) => Row

const regions = [0.5, 0.3, 0.12, 0.08]
const segmentOf = (r: Random) => {
  const region = r.pick(regions)
  return { region: `r${region}`, device: r.uniform() < (region === 3 ? 0.9 : 0.3) ? 'ios' : 'web' }
}
const table = (seed: number, value: (r: Random, name: string, region: number) => number): ((t: number) => Row) => {
  const r = random(seed)
  return () => {
    const segment = segmentOf(r)
    const region = Number(segment.region.slice(1))
    const features = Object.fromEntries(['a', 'b', 'c', 'd', 'e', 'f'].map((name) => [name, value(r, name, region)]))
    return { segment, features }
  }
}

export const tables: Record<string, Maker> = {
  normal: (seed) => table(seed, (r) => r.normal()),
  'regions differ': (seed) => table(seed, (r, _, region) => r.normal() * (1 + region / 3) + region),
  'heavy tails': (seed) => table(seed, (r) => r.normal() / Math.sqrt(-Math.log(1 - r.uniform()))),
  integers: (seed) => table(seed, (r) => Math.round(2 * r.normal())),
  correlated: (seed) => {
    const r = random(seed)
    return () => {
      const common = r.normal()
      const features = {
        a: common,
        b: 0.8 * common + 0.6 * r.normal(),
        c: Math.exp(common),
        d: r.normal(),
        e: -common + r.normal(),
        f: r.uniform(),
      }
      return { segment: segmentOf(r), features }
    }
  },
  'AR(1) .7': (seed) => {
    const before: Record<string, number> = {}
    return table(seed, (r, name) => {
      before[name] = 0.7 * (before[name] ?? 0) + r.normal()
      return before[name]
    })
  },
  'AR(1) .7, correlated': (seed) => {
    const r = random(seed)
    let [x, y] = [0, 0]
    return () => {
      const common = r.normal()
      x = 0.7 * x + common
      y = 0.5 * y + 0.6 * common + 0.8 * r.normal()
      return { segment: segmentOf(r), features: { a: x, b: y, c: r.normal(), d: x + r.normal() } }
    }
  },
  'AR(1) .8 within each region': (seed) => {
    const before: number[] = []
    return table(seed, (r, name, region) => {
      const place = region * 6 + name.charCodeAt(0) - 97
      before[place] = 0.8 * (before[place] ?? 0) + r.normal()
      return before[place]
    })
  },
  'bursts of a region': (seed) => {
    const r = random(seed)
    let region = 0
    return () => {
      if (r.uniform() < 0.05) region = r.pick(regions)
      return { segment: { region: `r${region}` }, features: { a: r.normal(), b: r.normal() + region } }
    }
  },
  'missing values': (seed) => {
    const next = table(seed, (r) => r.normal())
    const r = random(seed + 5000)
    return (t) => {
      const row = next(t)
      const features = Object.fromEntries(
        Object.entries(row.features).map(([k, v]) => [k, r.uniform() < 0.2 ? null : v]),
      )
      return { ...row, features }
    }
  },
  'many segment values': (seed) => {
    const r = random(seed)
    return () => ({
      segment: { shop: `s${Math.floor(120 * r.uniform() ** 2)}`, tier: r.uniform() < 0.01 ? 'gold' : 'plain' },
      features: { a: r.normal(), b: r.normal() },
    })
  },
  'time of day': (seed) => {
    const r = random(seed)
    return (t) => {
      const phase = Math.sin((2 * Math.PI * t) / 288)
      return {
        segment: { region: `r${r.pick([0.35 + 0.2 * phase, 0.35 - 0.2 * phase, 0.3])}` },
        features: { a: r.normal() + phase, b: r.normal() + 2 * phase, c: r.normal() },
      }
    }
  },
}
