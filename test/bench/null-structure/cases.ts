import type { Row } from './drive'
import { random } from './random'

/** A change at `onset`, which its detector must find and name. */
export interface Case {
  readonly name: string
  readonly onset: number
  readonly subject: string
  readonly make: (seed: number) => (t: number) => Row
}
const onset = 5000

export const segmentCases: Case[] = [
  ...[0.5, 1, 2].map((shift) => ({
    name: `+${shift} σ in a region of 5 %, two keys`,
    onset,
    subject: '{"feature":"a","segment":{"region":"r3"}}',
    make: (seed: number) => {
      const r = random(seed)
      return (t: number) => {
        const region = r.pick([0.5, 0.3, 0.15, 0.05])
        const device = r.uniform() < (region === 3 ? 0.9 : 0.3) ? 'ios' : 'web'
        const features: Record<string, number> = {}
        for (let f = 0; f < 25; f++) features[String.fromCharCode(97 + f)] = r.normal()
        if (t >= onset && region === 3) features.a = (features.a as number) + shift
        return { segment: { region: `r${region}`, device }, features }
      }
    },
  })),
  {
    name: '+.5 σ everywhere',
    onset,
    subject: '{"feature":"a"}',
    make: (seed) => {
      const r = random(seed)
      return (t) => {
        const region = r.pick([0.5, 0.3, 0.15, 0.05])
        return {
          segment: { region: `r${region}` },
          features: { a: r.normal() + (t >= onset ? 0.5 : 0), b: r.normal() },
        }
      }
    },
  },
]

export const shareCases: Case[] = [0.01, 0.03, 0.1].map((share) => ({
  name: `a new region with ${100 * share} % of the rows`,
  onset,
  subject: '{"segment":{"region":"new"}}',
  make: (seed: number) => {
    const r = random(seed)
    return (t: number) => {
      const fresh = t >= onset && r.uniform() < share
      const region = fresh ? 'new' : `r${r.pick([0.5, 0.3, 0.15, 0.05])}`
      return { segment: { region }, features: { a: r.normal() + (fresh ? 3 : 0), b: r.normal() } }
    }
  },
}))

const joint = (name: string, before: number, after: number): Case => ({
  name,
  onset,
  subject: '{"features":["a","b"]}',
  make: (seed) => {
    const r = random(seed)
    return (t) => {
      const rho = t >= onset ? after : before
      const a = r.normal()
      const features: Record<string, number> = { a, b: rho * a + Math.sqrt(1 - rho * rho) * r.normal() }
      for (let f = 2; f < 12; f++) features[String.fromCharCode(97 + f)] = r.normal()
      return { features }
    }
  },
})
export const pairCases: Case[] = [
  joint('correlation .6 → 0', 0.6, 0),
  joint('correlation .6 → .4', 0.6, 0.4),
  joint('correlation .9 → .7', 0.9, 0.7),
  joint('correlation 0 → .3', 0, 0.3),
  joint('correlation 0 → .6', 0, 0.6),
]
