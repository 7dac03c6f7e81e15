import { expect, it } from 'vitest'
import type { BacktestDetail } from '@/lib/view/backtest'
import { duration } from './duration'
import { lanesOf } from './lanes-option'

const at = (h: number) => new Date(Date.UTC(2026, 0, 1, h)).toISOString()
type Result = NonNullable<BacktestDetail['result']>
const raised = (from: number, to: number) => ({
  onsetAt: at(from),
  firedAt: at(to),
  why: `${from}`,
  kind: 'drift.feature',
})
const result = (alarms: object[], live: object[]) =>
  ({ alarms, live, fromAt: at(0), toAt: at(80) }) as unknown as Result

it('puts bars that overlap into rows of their own, this run’s upwards from the middle and live’s downwards', () => {
  const { bars, ours, theirs } = lanesOf(
    result(
      [
        { ...raised(0, 10), alertId: 'a-1' },
        { ...raised(5, 8), alertId: null },
        { ...raised(40, 44), alertId: null },
      ],
      [{ ...raised(0, 12), found: true }],
    ),
  )
  expect([ours, theirs]).toEqual([2, 2])
  expect(bars.map((bar) => [bar.why, bar.row, bar.both])).toEqual([
    ['0', 1, true],
    ['5', 0, false],
    ['40', 1, false],
    ['0', 2, true],
  ])
})
it('says a length of time in the unit that suits it', () =>
  expect([840, 5400, 5_400_000, 86_400_000 * 12].map(duration)).toEqual(['840 ms', '5.4 s', '1.5 h', '12 d']))
