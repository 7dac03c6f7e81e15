import type { FeatureValue } from '@/lib/event/types'
import { hashUniform } from '@/lib/stats/hash-uniform'
import { normalQuantile } from '@/lib/stats/normal'

/** One column of a stream in which nothing changes: its values in order. `key` seeds it. */
export type NullColumn = (key: string) => (t: number) => FeatureValue

const normal = (key: string, t: number) => normalQuantile(hashUniform(key, t))

const autoregressive =
  (phi: number, shape: (z: number) => number = (z) => z): NullColumn =>
  (key) => {
    let z = 0
    return (t) => {
      z = t === 0 ? normal(key, t) : phi * z + Math.sqrt(1 - phi * phi) * normal(key, t)
      return shape(z)
    }
  }

/** Nulls of features, by name. */
export const nulls: Readonly<Record<string, NullColumn>> = {
  normal: (key) => (t) => normal(key, t),
  't with 2 degrees of freedom': (key) => (t) => normal(key, t) / Math.sqrt(-Math.log(hashUniform(`${key} tail`, t))),
  lognormal: (key) => (t) => Math.exp(1.5 * normal(key, t)),
  integers: (key) => (t) => Math.round(3 * normal(key, t)),
  'mostly zero': (key) => (t) => (hashUniform(`${key} zero`, t) < 0.8 ? 0 : Math.exp(normal(key, t))),
  'five strings': (key) => (t) => `v${Math.floor(5 * hashUniform(key, t) ** 1.5)}`,
  'a rare boolean': (key) => (t) => hashUniform(key, t) < 0.02,
  'AR(1) .1': autoregressive(0.1),
  'AR(1) .3': autoregressive(0.3),
  'AR(1) .6': autoregressive(0.6),
  'AR(1) .9': autoregressive(0.9),
  'AR(1) .6, lognormal': autoregressive(0.6, (z) => Math.exp(1.5 * z)),
  'AR(1) .9, lognormal': autoregressive(0.9, (z) => Math.exp(1.5 * z)),
  'AR(1) .3, integers': autoregressive(0.3, (z) => Math.round(3 * z)),
}
