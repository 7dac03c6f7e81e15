import { expect, test } from 'vitest'
import { shareRates } from '@/lib/detect/drift/code/learned'
import { shareOf, startCodeUnit, watchCode } from '@/lib/detect/drift/code/unit'
import { hashUniform } from '@/lib/stats/hash-uniform'

test('what decays lazily is what decays at every row, over more rows than a number could hold undecayed', () => {
  const unit = startCodeUnit([300, 200, 100, 5], 64, 0)
  const codes = unit.codes
  const plain = shareRates.map(() => ({ observed: new Array(codes).fill(0), expected: new Array(codes).fill(0) }))
  for (let row = 0; row < 20_000; row++) {
    const v = hashUniform('code', row)
    const code = v < 0.5 ? 0 : v < 0.83 ? 1 : v < 0.99 ? 2 : 3
    const w = Array.from({ length: codes }, (_, c) => shareOf(unit, c))
    // No mass: nothing can cross, and everything is learned.
    expect(watchCode(unit, row, code, 0, hashUniform('u', row))).toBe(null)
    const came = unit.ranks[row % unit.ranks.length]
    for (const [g, rate] of shareRates.entries()) {
      const { observed, expected } = plain[g] as (typeof plain)[number]
      for (let c = 0; c < codes; c++) {
        observed[c] = observed[c] * (1 - rate) + (c === came ? 1 : 0)
        expected[c] = expected[c] * (1 - rate) + (w[c] as number)
      }
    }
  }
  for (const [g, { observed, expected }] of plain.entries()) {
    const [a, s] = [unit.decay[g] as number, unit.decay[3 + g] as number]
    for (let c = 0; c < codes; c++) {
      expect(a * (unit.observed[g * codes + c] as number)).toBeCloseTo(observed[c], 9)
      const lazy = a * (unit.expected[g * codes + c] as number) + ((unit.counts[c] as number) + 0.5) * s
      expect(lazy).toBeCloseTo(expected[c], 9)
    }
  }
})
