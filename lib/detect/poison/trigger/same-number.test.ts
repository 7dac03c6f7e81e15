import { expect, it } from 'vitest'
import { sameNumberChance, startSameNumber } from './same-number'

it('knows how often far numbers agree', () => {
  const chanceAfter = (numbers: readonly number[]) => {
    const same = startSameNumber()
    for (const number of numbers) sameNumberChance(same, 4, number)
    return sameNumberChance(same, 4, 7)
  }
  const range = Array.from({ length: 501 }, (_, i) => i)
  expect(chanceAfter(range)).toBeCloseTo(Math.sqrt(1 / 520), 10)
  expect(chanceAfter(range.map((i) => (i % 10 < 8 ? 5 : i % 3)))).toBeGreaterThan(0.8)
})
