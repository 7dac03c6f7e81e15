import { seededRandom } from './random'
import type { MadeStream } from './truth'
import { makeWorld, number, round } from './world'

const none = () => []
const rows = 15_000

/** Streams in which nothing happens that anyone should be woken for. */
export const nulls: readonly ((seed: string) => MadeStream)[] = [
  (seed) => makeWorld('null-iid', seed, rows, {}, none),
  (seed) => makeWorld('null-no-labels', seed, rows, { labelDelay: null }, none),
  (seed) => makeWorld('null-late-labels', seed, rows, { labelDelay: 3000 }, none),
  (seed) => {
    // Traffic comes in bursts: a quiet hour, then hundreds within minutes.
    let clock = 0
    return makeWorld(
      'null-bursty',
      seed,
      rows,
      { hours: (i, r) => (clock += i % 400 === 0 ? 6 * r.uniform() : 0.002) },
      none,
    )
  },
  (seed) => {
    let state = 0
    const row = makeAr(
      0.9,
      (x) => (state = x),
      () => state,
    )
    return makeWorld('null-ar1', seed, rows, { row }, none)
  },
  (seed) =>
    makeWorld(
      'null-daily',
      seed,
      rows,
      {
        hours: (i) => i / 30,
        row: (row, i) => {
          row.features.heat = round(number(row, 'heat') + 10 * Math.sin((2 * Math.PI * (i / 30)) / 24))
        },
      },
      none,
    ),
  (seed) => {
    const weights = seededRandom(`mix/${seed}`)
    const [a, b] = [weights.uniform(), weights.uniform()]
    return makeWorld(
      'null-dirty',
      seed,
      rows,
      {
        row: (row, _i, r) => {
          if (r.chance(0.08 * a)) row.features.income = null
          if (r.chance(0.05 * b)) delete row.features.plan
          if (r.chance(0.002)) row.features.age = 'unknown'
        },
      },
      none,
    )
  },
]

function makeAr(phi: number, set: (x: number) => void, get: () => number) {
  return (row: { features: Record<string, unknown> }, _i: number, r: { normal(): number }) => {
    const x = phi * get() + Math.sqrt(1 - phi * phi) * r.normal()
    set(x)
    row.features.heat = round(50 + 10 * x)
  }
}
