import { expect, it } from 'vitest'
import { clumping } from '@/lib/detect/concept/clumps'
import { hashUniform } from '@/lib/stats/hash-uniform'

const none = new Array(2000).fill(0)
const half = Float64Array.from([1000, 1000])
/** Codes that stay as they are with probability `stay`, else are drawn anew. */
function codes(stay: number, seed: string): number[] {
  let code = 0
  return none.map((_, t) => {
    if (hashUniform(`${seed} stay`, t) >= stay) code = hashUniform(seed, t) < 0.5 ? 0 : 1
    return code
  })
}

it('is exactly 1 where rows are independent, but for the share that chance gives', () => {
  const found = Array.from({ length: 200 }, (_, i) => clumping(codes(0, `null ${i}`), none, half, 2)).filter(
    (d) => d > 1,
  )
  expect(found.length).toBeLessThanOrEqual(4)
})

it('is near (1 + φ)/(1 − φ) where codes keep their value with probability φ', () => {
  // φ = .5: a variance of means three times that of independent rows; .8: nine times.
  for (const [phi, factor] of [
    [0.5, 3],
    [0.8, 9],
  ] as const) {
    const found = Array.from({ length: 20 }, (_, i) => clumping(codes(phi, `${phi} ${i}`), none, half, 2))
    const mean = found.reduce((a, b) => a + b, 0) / found.length
    expect(mean / factor).toBeGreaterThan(0.85)
    expect(mean / factor).toBeLessThan(1.5)
  }
})

it('does not take what strata explain for clumps', () => {
  const strata = none.map((_, t) => Math.floor(t / 100) % 2)
  const byStratum = strata.map((s, t) => (hashUniform('strata', t) < (s ? 0.9 : 0.1) ? 1 : 0))
  const counts = new Float64Array(4)
  for (const [t, code] of byStratum.entries())
    counts[2 * (strata[t] as number) + code] = (counts[2 * (strata[t] as number) + code] as number) + 1
  expect(clumping(byStratum, strata, counts, 2)).toBe(1)
  expect(clumping(byStratum, none, half, 2)).toBeGreaterThan(10)
})
