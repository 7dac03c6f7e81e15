import { expect, test } from 'vitest'
import { shareRates, wagerLearned } from '@/lib/detect/drift/code/learned'
import { shareOf, startCodeUnit, watchCode } from '@/lib/detect/drift/code/unit'
import { hashUniform } from '@/lib/stats/hash-uniform'

test('what decays lazily is what decays at every row, over more rows than a number could hold undecayed', () => {
  const unit = startCodeUnit([300, 200, 100, 5], 64, 0)
  const codes = unit.codes
  const plain = shareRates.map(() => new Array<number>(codes).fill(0))
  for (let row = 0; row < 20_000; row++) {
    const v = hashUniform('code', row)
    const code = v < 0.5 ? 0 : v < 0.83 ? 1 : v < 0.99 ? 2 : 3
    // No mass: nothing can cross, and everything is learned.
    expect(watchCode(unit, row, code, 0, hashUniform('u', row))).toBe(null)
    const came = unit.ranks[row % unit.ranks.length]
    for (const [g, rate] of shareRates.entries()) {
      const observed = plain[g] as number[]
      for (let c = 0; c < codes; c++) observed[c] = (observed[c] as number) * (1 - rate) + (c === came ? 1 : 0)
    }
  }
  for (const [g, observed] of plain.entries()) {
    for (let c = 0; c < codes; c++)
      expect((unit.decay[g] as number) * (unit.observed[g * codes + c] as number)).toBeCloseTo(observed[c] as number, 9)
    expect(unit.decay[3 + g]).toBeCloseTo(
      observed.reduce((a, b) => a + b, 0),
      9,
    )
  }
})

test('the bets have mean 1 over the shares of the reference, whatever was learned', () => {
  const learned = startCodeUnit([30, 20, 5], 64, 0)
  for (let row = 0; row < 200; row++) watchCode(learned, row, row % 7 === 0 ? 2 : row % 2, 0, hashUniform('u', row))
  for (const g of shareRates.keys()) {
    let mean = 0
    for (let code = 0; code < learned.codes; code++) {
      const unit = structuredClone(learned)
      unit.evidence.m.fill(0).fill(1, g, g + 1)
      const share = shareOf(unit, code)
      mean += share * wagerLearned(unit, code, 0, 0)
    }
    expect(mean).toBeCloseTo(1, 12)
  }
})
