import { normalCdf } from '@/lib/stats/normal'
import type { Random } from './random'

/** A numeric marginal: a standard normal goes in, a value of the column comes out, so that columns of any shape can hang together. */
export interface Shape {
  readonly kind: 'smooth' | 'heavy' | 'counted'
  value(z: number): number
}

const unit = (z: number) => Math.min(1 - 1e-9, Math.max(1e-9, normalCdf(z)))

/** A shape with its own place, scale and rounding, by chance. */
export function anyShape(random: Random, kind?: Shape['kind']): Shape {
  const scale = 10 ** (random.uniform() * 4 - 1.5)
  const place = random.pick([0, 1, 3, 10]) * scale * (random.chance(0.2) ? -1 : 1)
  const digits = Math.max(0, 3 - Math.floor(Math.log10(scale)))
  const rounded = (x: number) => Number(x.toFixed(digits))
  const spread = 0.3 + 0.5 * random.uniform()
  const shapes: Shape[] = [
    { kind: 'smooth', value: (z) => rounded(place + scale * z) },
    { kind: 'smooth', value: (z) => rounded(scale * Math.exp(spread * z)) },
    { kind: 'smooth', value: (z) => rounded(scale * 4 * unit(z)) },
    { kind: 'smooth', value: (z) => rounded(scale * -2 * Math.log(1 - unit(z))) },
    { kind: 'smooth', value: (z) => rounded(place + scale * (z + 1.5 * Math.sign(z))) },
    {
      kind: 'heavy',
      value: (z) => rounded(place + (scale * (2 * unit(z) - 1)) / Math.sqrt(2 * unit(z) * (1 - unit(z)))),
    },
    { kind: 'heavy', value: (z) => rounded(scale * Math.exp(1.4 * z)) },
    { kind: 'counted', value: (z) => 18 + Math.floor(60 * unit(z)) },
    { kind: 'counted', value: (z) => Math.floor((-3 - 6 * spread) * Math.log(1 - unit(z))) },
    { kind: 'counted', value: (z) => Math.max(0, Math.round(2 * spread * z + 0.5)) },
  ]
  return random.pick(kind ? shapes.filter((shape) => shape.kind === kind) : shapes)
}
