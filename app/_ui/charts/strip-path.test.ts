import { expect, it } from 'vitest'
import { timeAt } from './brush'
import { areaPath, type Frame } from './strip-path'

const frame: Frame = { width: 100, height: 20, domain: [0, 10], top: 2 }

it('draws the area under the curve: y is 20 − 10 · share', () =>
  expect(
    areaPath(
      [
        { t: 0, share: 0 },
        { t: 10, share: 2 },
      ],
      frame,
    ),
  ).toBe('M0 20L0 20L100 0L100 20Z'))
it('cuts off at the top', () =>
  expect(
    areaPath(
      [
        { t: 0, share: 9 },
        { t: 5, share: 1 },
      ],
      frame,
    ),
  ).toBe('M0 20L0 0L50 10L50 20Z'))
it('draws nothing of nothing', () => expect(areaPath([], frame)).toBe(''))
it('tells the time under a pixel', () =>
  expect([0, 25, 100].map((x) => timeAt(x, 100, [1000, 2000]))).toEqual([1000, 1250, 2000]))
