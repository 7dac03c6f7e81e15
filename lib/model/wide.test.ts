import { expect, it } from 'vitest'
import { wideMs } from './wide'

it('doubles the width until the range fits', () => {
  expect(wideMs(60, 60 * 95, 96)).toBe(60)
  expect(wideMs(60, 60 * 96, 96)).toBe(120)
  expect(wideMs(60, 60 * 1000, 96)).toBe(960)
})
