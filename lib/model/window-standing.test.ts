import { expect, it } from 'vitest'
import { type Fired, firedFor, standingOf } from './window-standing'

const at = (ms: number) => new Date(ms)
const fired = (over: Partial<Fired> = {}): Fired => ({
  id: 'a-1',
  kind: 'drift.feature',
  state: 'firing',
  subject: { feature: 'temp' },
  verdict: 'pipeline-bug',
  onsetAt: at(150),
  firedAt: at(250),
  ...over,
})
const window = (startMs: number, rows = 100, share = 0) => ({ startMs, endMs: startMs + 100, rows, share })

it('holds an alert’s verdict from the window of its onset on, and not before', () => {
  const held = [0, 100, 200, 300, 900].map((start) => standingOf(window(start), [fired()]))
  expect(held).toEqual(['steady', 'pipeline-bug', 'pipeline-bug', 'pipeline-bug', 'pipeline-bug'])
})
it('lets go of it after the alarm once someone has closed it', () => {
  const held = [0, 100, 200, 300].map((start) => standingOf(window(start), [fired({ state: 'resolved' })]))
  expect(held).toEqual(['steady', 'pipeline-bug', 'pipeline-bug', 'steady'])
})
it('says how near a window is to an alarm, and when it says nothing', () => {
  expect(standingOf(window(0, 0), [])).toBeNull()
  expect(standingOf(window(0, 29, 2), [])).toBe('insufficient-data')
  expect(standingOf(window(0, 30, 0.49), [])).toBe('steady')
  expect(standingOf(window(0, 30, 0.5), [])).toBe('watch')
  expect(standingOf(window(0, 30, 1), [])).toBe('small')
  expect([0.4, 0.6].map((share) => standingOf(window(0, 30, share), [], true))).toEqual(['wanders', 'watch'])
})
it('counts what a feature shares with others, and leaves out what one segment shows', () => {
  const swap = fired({ id: 'a-2', subject: { features: ['wind', 'temp'] } })
  const segment = fired({ id: 'a-3', subject: { feature: 'temp', segment: { region: 'north' } } })
  expect(firedFor([fired(), swap, segment], 'temp').map(({ id }) => id)).toEqual(['a-1', 'a-2'])
})
