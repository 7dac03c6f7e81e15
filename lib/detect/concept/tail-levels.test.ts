import { expect, it } from 'vitest'
import { tailLevels } from '@/lib/detect/concept/tail-levels'
import { hashUniform } from '@/lib/stats/hash-uniform'
import { normalQuantile } from '@/lib/stats/normal'

const laws = {
  normal: (u: number) => Math.abs(normalQuantile(u)),
  exponential: (u: number) => -Math.log(u),
  // A tail of power 3, as of Student's t with three degrees of freedom.
  heavy: (u: number) => u ** (-1 / 3),
}

it.each(Object.entries(laws))('rarely holds a level of %s sizes for less likely than it is', (name, draw) => {
  const fresh = Float64Array.from({ length: 200_000 }, (_, t) => draw(hashUniform(`${name} fresh`, t))).sort()
  let levels = 0
  let under = 0
  for (let s = 0; s < 20; s++) {
    const found = tailLevels(Float64Array.from({ length: 2000 }, (_, t) => draw(hashUniform(`${name} ${s}`, t))).sort())
    for (const [i, level] of (found?.levels ?? []).entries()) {
      const share = (fresh.length - fresh.findIndex((x) => x > level)) / fresh.length
      levels++
      if (fresh.some((x) => x > level) && share > 1.2 * (found?.beyond[i] as number)) under++
    }
  }
  expect(levels).toBeGreaterThan(140)
  expect(under / levels).toBeLessThan(0.1)
})

it('holds what lies far out for as common as the sample shows it', () => {
  const sizes = Float64Array.from({ length: 2000 }, (_, t) =>
    t % 250 === 0 ? 40 + t : laws.normal(hashUniform('far', t)),
  ).sort()
  expect(Math.min(...(tailLevels(sizes)?.beyond ?? []))).toBeGreaterThan(8 / 2000)
})

it('is silent on too few sizes, and on equal ones', () => {
  expect(tailLevels(new Float64Array(2000).fill(1))).toBeNull()
  expect(tailLevels(Float64Array.from([1, 2, 3]))).toBeNull()
})
