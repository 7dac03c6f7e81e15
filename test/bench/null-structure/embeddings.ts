import type { Case } from './cases'
import type { Maker } from './nulls'
import { type Random, random } from './random'

const onset = 4000
/** A vector of a few clusters, dimensions correlated through a handful of factors. */
function source(seed: number, dimensions: number) {
  const fixed = random(seed + 77)
  const centres = Array.from({ length: 6 }, () => Array.from({ length: dimensions }, () => 0.7 * fixed.normal()))
  const factors = Array.from({ length: 5 }, () => Array.from({ length: dimensions }, () => 0.5 * fixed.normal()))
  return (r: Random, cluster = Math.floor(5 * r.uniform())): number[] => {
    const centre = centres[cluster] as number[]
    const weights = factors.map(() => r.normal())
    return centre.map((c, i) => {
      let value = c + 0.5 * r.normal()
      for (let f = 0; f < factors.length; f++) value += (weights[f] as number) * ((factors[f] as number[])[i] as number)
      return value
    })
  }
}
const unit = (v: number[]): number[] => {
  const size = Math.hypot(...v)
  return v.map((x) => x / size)
}

const nullOf =
  (dimensions: number, normed: boolean): Maker =>
  (seed) => {
    const r = random(seed)
    const next = source(seed, dimensions)
    return () => ({ features: {}, embedding: normed ? unit(next(r)) : next(r) })
  }
export const embeddingNulls: Record<string, Maker> = {
  '8 dimensions': nullOf(8, false),
  '64 dimensions, unit length': nullOf(64, true),
  'heavy tails, 16 dimensions': (seed) => {
    const r = random(seed)
    return () => ({
      features: {},
      embedding: Array.from({ length: 16 }, () => r.normal() / Math.sqrt(-Math.log(1 - r.uniform()))),
    })
  },
}

type Change = (v: number[], r: Random, next: (r: Random, cluster?: number) => number[]) => number[]
const change = (name: string, dimensions: number, after: Change): Case => ({
  name: `${name}, ${dimensions} dimensions`,
  onset,
  subject: '{"feature":"embedding"}',
  make: (seed) => {
    const r = random(seed)
    const next = source(seed, dimensions)
    return (t) => {
      const v = next(r)
      return { features: {}, embedding: t >= onset ? after(v, r, next) : v }
    }
  },
})
export const embeddingCases: Case[] = [16, 384].flatMap((d) => [
  change('10 % of a new cluster', d, (v, r, next) => (r.uniform() < 0.1 ? next(r, 5) : v)),
  change('moved by .5 σ in random directions', d, (v) => v.map((x, i) => x + (i % 2 === 0 ? 0.5 : -0.5))),
  change('wider by a tenth', d, (v) => v.map((x) => 1.1 * x)),
  change('another encoder', d, (v) => v.map((_, i) => v[(i * 7 + 3) % d] as number)),
  change('all zero', d, (v) => v.map(() => 0)),
  change('one dimension less', d, (v) => v.slice(1)),
])
