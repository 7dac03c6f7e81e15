import { expect, it } from 'vitest'
import { BatchSize } from './batch-size'

it('takes what two seconds hold, at least 10,000 and never more than is allowed', () => {
  const size = new BatchSize(20_000)
  expect(size.rows).toBe(10_000)
  size.note(10_000, 1500)
  expect(size.rows).toBe(13_333)
  size.note(13_333, 500)
  expect(size.rows).toBe(20_000)
  size.note(20_000, 60_000)
  expect(size.rows).toBe(10_000)
})

it('does not learn from a batch that came small', () => {
  const size = new BatchSize(20_000)
  size.note(30, 9)
  expect(size.rows).toBe(10_000)
})

it('takes what is allowed where that is less', () => {
  const size = new BatchSize(200)
  expect(size.rows).toBe(200)
  size.note(200, 90_000)
  expect(size.rows).toBe(200)
})
