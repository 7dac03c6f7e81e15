import { expect, it } from 'vitest'
import { createTally } from './tally'

it('counts the last minute and calls a flood of refusals one', () => {
  let now = 1_000_000
  const tally = createTally(() => now)
  tally.count(100, 101)
  expect(tally.perMinute()).toEqual({ taken: 201, refused: 101 })
  expect(tally.flood()).toBe(true)
  now += 30_000
  tally.count(10, 0)
  expect(tally.flood()).toBe(false)
  now += 31_000
  expect(tally.perMinute()).toEqual({ taken: 10, refused: 0 })
  now += 60_000
  expect(tally.perMinute()).toEqual({ taken: 0, refused: 0 })
})
