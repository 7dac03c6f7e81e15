import { expect, it } from 'vitest'
import { falseAlarms } from '@/test/bench/null-quality/false-alarms'
import { nulls } from '@/test/bench/null-quality/nulls'

// The bench beside the streams runs 200 of each; here 10, of which each null may have 2 false alarms in expectation.
it.each(nulls.map((from) => [from.name, from] as const))('keeps its promise: %s', { timeout: 60_000 }, (_, from) => {
  const { alarms, allowed } = falseAlarms(from, 10, 6000, 20_000, 'test')
  expect(allowed).toBe(2)
  expect(alarms).toBeLessThanOrEqual(4)
})
