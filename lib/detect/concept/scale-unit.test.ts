import { expect, it, test } from 'vitest'
import { armScale, scaleOnset, startScale, watchScale } from '@/lib/detect/concept/scale-unit'
import { hashUniform } from '@/lib/stats/hash-uniform'
import { normalQuantile } from '@/lib/stats/normal'

const normal = (u: number) => Math.abs(normalQuantile(u))
const size = (t: number) => normal(hashUniform('size', t))
const baseline = Array.from({ length: 2000 }, (_, t) => size(t))
const mass = 1 / 1_000_000

/** Row at which it alarms, and the row that it holds for the first, of sizes from 2,000 on that change at 3,000. */
function watch(changed: (t: number) => number, rows = 6000): number[] {
  const unit = startScale()
  armScale(unit, baseline)
  for (let t = 2000; t < rows; t++)
    if (watchScale(unit, t < 3000 ? size(t) : changed(t), mass) >= 1) return [t, t - scaleOnset(unit)]
  return []
}

test('takes a few residuals far beyond all for proof', () => {
  expect(watch((t) => (t % 60 === 0 ? 9 : size(t)))).toEqual([3240, 3000])
})

test('sees all of them grow, and half of them', () => {
  expect(watch((t) => 3.5 * size(t))).toEqual([3006, 3000])
  expect(watch((t) => (t % 2 === 0 ? 3 : 1) * size(t))).toEqual([3030, 3000])
})

test('is silent as long as nothing changes, and off where there are too few rows, or none that differ', () => {
  expect(watch(size, 20_000)).toEqual([])
  const unit = startScale()
  armScale(unit, [1, 2, 3])
  expect(watchScale(unit, 1e9, 0.5)).toBe(0)
  armScale(unit, new Array(2000).fill(1))
  expect(watchScale(unit, 1e9, 0.5)).toBe(0)
})

test('holds back where sizes come in runs', () => {
  const unit = startScale()
  armScale(
    unit,
    baseline.map((x, t) => x * (Math.floor(t / 40) % 2 === 0 ? 1 : 3)),
  )
  expect(unit.clump).toBeGreaterThan(3)
})

const laws: Record<string, { draw: (u: number, v: number) => number; most: number }> = {
  normal: { draw: normal, most: 1 },
  exponential: { draw: (u) => -Math.log(u), most: 1 },
  // A tail of power 2.2: the heaviest.
  heavy: { draw: (u) => u ** (-1 / 2.2), most: 1.5 },
  // 1 in 500 rows eight times as wide: what the baseline's largest is says little of the next.
  contaminated: { draw: (u, v) => normal(u) * (v < 0.002 ? 8 : 1), most: 4 },
}

it.each(Object.entries(laws))(
  'spends of %s sizes what it was given',
  (name, { draw, most }) => {
    const given = 2e-5
    const streams = 60
    const rows = 8000
    let alarms = 0
    for (let s = 0; s < streams; s++) {
      const at = (t: number) => draw(hashUniform(`${name} ${s}`, t), hashUniform(`${name} wide ${s}`, t))
      const unit = startScale()
      armScale(
        unit,
        Array.from({ length: 2000 }, (_, t) => at(t)),
      )
      for (let t = 2000; t < 2000 + rows; t++) {
        if (watchScale(unit, at(t), given) < 1) continue
        alarms++
        unit.evidence.m.fill(0)
      }
    }
    // 9.6 are promised; two standard deviations of chance more.
    const promised = given * rows * streams
    expect(alarms).toBeLessThanOrEqual(most * promised + 2 * Math.sqrt(promised))
  },
  60_000,
)
