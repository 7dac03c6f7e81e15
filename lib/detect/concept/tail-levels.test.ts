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

it.each(Object.entries(laws))('holds a level of %s sizes for no less likely than it is, on average', (name, draw) => {
  const fresh = Float64Array.from({ length: 200_000 }, (_, t) => draw(hashUniform(`${name} fresh`, t)))
  let pays = 0
  let levels = 0
  for (let s = 0; s < 20; s++) {
    const found = tailLevels(Float64Array.from({ length: 2000 }, (_, t) => draw(hashUniform(`${name} ${s}`, t))).sort())
    for (const [i, level] of (found?.levels ?? []).entries()) {
      // What a bet on rows beyond would pay while nothing changes: 1 at most.
      pays += fresh.filter((x) => x > level).length / fresh.length / (found?.beyond[i] as number)
      levels++
    }
  }
  expect(levels).toBeGreaterThan(140)
  expect(pays / levels).toBeLessThan(1)
})

it('holds a level that rows of the sample lie beyond for at least as common', () => {
  const sizes = Float64Array.from({ length: 2000 }, (_, t) =>
    t % 250 === 0 ? 40 + t : laws.normal(hashUniform('far', t)),
  ).sort()
  const found = tailLevels(sizes)
  for (const [i, level] of (found?.levels ?? []).entries())
    expect(found?.beyond[i]).toBeGreaterThan(sizes.filter((x) => x > level).length / 2000)
})

it('is silent on too few sizes, and on equal ones', () => {
  expect(tailLevels(new Float64Array(2000).fill(1))).toBeNull()
  expect(tailLevels(Float64Array.from([1, 2, 3]))).toBeNull()
})
