import { expect, test } from 'vitest'
import { addPrediction, startOpenPredictions } from '@/lib/detect/concept/open-predictions'
import { noteHour } from '@/lib/detect/prediction/hours'
import { expectedError, startPerformance, top } from '@/lib/detect/prediction/performance'
import { usualSince, valueAt } from '@/lib/detect/prediction/usual-hours'

const hourMs = 3_600_000

/** Ten predictions an hour for ten days, sure at night and unsure from noon on; then six hours that `last` says. */
function daysOf(last: (hour: number) => number) {
  const open = startOpenPredictions(1_000_000)
  const p = startPerformance()
  for (let t = 0; t < 2460; t++) {
    const hour = Math.floor(t / 10)
    const place = addPrediction(open, `p-${t}`)
    open.timeMs[place] = hour * hourMs
    open.confidence[place] = hour >= 240 ? last(hour % 24) : hour % 24 < 12 ? 240 : 180
    noteHour(p.hours, expectedError(p, valueAt(p, open, place)), open.timeMs[place] as number)
  }
  return { open, p }
}

test('a night is compared with nights, not with the day', () => {
  const { open, p } = daysOf(() => 240)
  const night = expectedError(p, top - 240)
  const day = expectedError(p, top - 180)
  const usual = usualSince(p, open, 2400, (night + day) / 2)
  expect(usual).toBeGreaterThan(night)
  expect(usual - night).toBeLessThan(0.4 * (day - (night + day) / 2))
})

test('the rows themselves are not what they are compared with', () => {
  const same = daysOf(() => 240)
  const worse = daysOf(() => 120)
  expect(usualSince(worse.p, worse.open, 2400, 0.1)).toBeCloseTo(usualSince(same.p, same.open, 2400, 0.1), 9)
})

test('hours that were never seen are compared with all', () => {
  const { open, p } = daysOf(() => 240)
  p.hours.n.fill(0)
  p.hours.sum.fill(0)
  expect(usualSince(p, open, 2400, 0.07)).toBeCloseTo(0.07, 9)
})
