import { errorStream } from '@/test/bench/drift/error-streams'
import { type Draw, featureStream, type Stream } from '@/test/bench/drift/streams'

interface Draws {
  uniform: Draw
  normal: Draw
}

const change = 5000
const tail = (d: Draws) => (_: number, changed: boolean) => (changed && d.uniform() < 0.015 ? 4 : 0) + d.normal()
const share = (d: Draws) => (_: number, changed: boolean) => {
  const u = d.uniform()
  return u < (changed ? 0.4 : 0.3) ? 'red' : u < 0.7 ? 'green' : 'blue'
}
const heavy = (d: Draws) => () => d.normal() / Math.sqrt(-Math.log(d.uniform()))
const integers = (d: Draws) => () => Math.round(3 * d.normal())
const autoregressive = (phi: number) => (d: Draws) => {
  let x = 0
  return () => {
    x = phi * x + d.normal()
    return x
  }
}

/** One change in one of 25 features, at line 5,000 of 15,000. */
export const drifts: Record<string, (seed: string) => Stream> = {
  '+.25 σ': (seed) => featureStream('shift', seed, 15_000, change, (d) => (_, c) => d.normal() + (c ? 0.25 : 0)),
  '×1.1 scale': (seed) => featureStream('scale', seed, 15_000, change, (d) => (_, c) => d.normal() * (c ? 1.1 : 1)),
  '1.5 % at +4 σ': (seed) => featureStream('tail', seed, 15_000, change, tail),
  'share .3 → .4': (seed) => featureStream('share', seed, 15_000, change, share),
  'error .1 → .2': (seed) => errorStream('error', seed, 8000, change, 0.1, 0.2),
  'error .1 → .2, 500 late': (seed) => errorStream('error late', seed, 8000, change, 0.1, 0.2, 500),
}

/** Nothing changes: every alarm is false. All 25 features are of the kind named. */
export const nulls: Record<string, (seed: string) => Stream> = {
  normal: (seed) => featureStream('normal', seed, 30_000, null, (d) => () => d.normal()),
  'heavy tails': (seed) => featureStream('heavy', seed, 30_000, null, heavy, heavy),
  integers: (seed) => featureStream('integers', seed, 30_000, null, integers, integers),
  categories: (seed) => featureStream('categories', seed, 30_000, null, share, share),
  'AR(1) .5': (seed) => featureStream('ar5', seed, 30_000, null, autoregressive(0.5), autoregressive(0.5)),
  'AR(1) .9': (seed) => featureStream('ar9', seed, 30_000, null, autoregressive(0.9), autoregressive(0.9)),
  'error .1': (seed) => errorStream('error null', seed, 15_000, null, 0.1, 0.1),
}
