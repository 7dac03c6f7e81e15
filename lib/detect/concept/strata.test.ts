import { expect, test } from 'vitest'
import { classMix } from '@/lib/detect/concept/class-mix'
import { startShareUnit } from '@/lib/detect/concept/share-unit'
import { dependence, groupCells } from '@/lib/detect/concept/strata'

test('measures dependence in deviations of chance', () => {
  // χ² of [[90, 10], [70, 30]] is 12.5 at one degree of freedom (SciPy, no correction): (12.5 − 1) / √2.
  expect(dependence(Float64Array.of(90, 10, 70, 30), 2)).toBeCloseTo(11.5 / Math.SQRT2, 9)
  expect(dependence(Float64Array.of(90, 10, 180, 20), 2)).toBeCloseTo(-1 / Math.SQRT2, 9)
})

test('groups cells of like shares, whatever their number of rows', () => {
  const counts = Float64Array.of(95, 5, 10, 90, 96, 4, 0, 0, 1, 9, 500, 490)
  const { of, groups } = groupCells(counts, 3)
  expect(groups).toBe(3)
  expect([...of]).toEqual([0, 2, 0, 0, 2, 1])
})

test('tells a mix of classes that moved from leaves that changed', () => {
  const leaf = startShareUnit('each', 2, Float64Array.of(900, 100, 500, 500, 100, 900))
  const walk = (shares: readonly number[]) => {
    const strata = Int16Array.from({ length: 600 }, (_, i) => i % 3)
    const codes = Uint8Array.from(strata, (s, i) => (Math.floor(i / 3) % 100 < 100 * (shares[s] as number) ? 1 : 0))
    return { strata, codes, n: 600 }
  }
  // Odds threefold in each leaf: .1 → .25, .5 → .75, .9 → .964. One leaf turned over: .1 → .9.
  const mixed = classMix(leaf, walk([0.25, 0.75, 0.96]), 599).nats
  const turned = classMix(leaf, walk([0.1, 0.5, 0.2]), 599).nats
  const still = classMix(leaf, walk([0.1, 0.5, 0.9]), 599).nats
  expect(mixed).toBeGreaterThan(30)
  // Rows lie in the leaves as they did, by thirds, although a mix of the second class would have drawn them to the third: 200 · Σ ln(norm / mean norm) < 0.
  expect(classMix(leaf, walk([0.25, 0.75, 0.96]), 599).placed).toBeLessThan(-3)
  expect(still).toBeLessThan(0)
  // 200 rows of the third leaf alone hold 200 · kl(.2 ‖ .9) = 253 nats; one multiplier for all explains a part of them.
  expect(turned).toBeLessThan(150)
})
