import { expect, it } from 'vitest'
import { bandPath, type Frame } from './strip-path'

const frame: Frame = { width: 100, height: 20, domain: [0, 10], top: 2 }
const samples = [{ t: 0, share: 0 }, { t: 10, share: 2 }]

it('draws only what lies in the band', () => {
  // share .5 is reached at t 2.5, share 1 at t 5; y is 20 − share · 10
  expect(bandPath(samples, { from: 0.5, to: 1 }, frame)).toBe('M0 15L0 15L25 15L50 10L100 10L100 15Z')
})
it('draws nothing for a band that was never reached', () => expect(bandPath(samples, { from: 2, to: 9 }, frame)).toBe(''))
it('cuts off at the top', () => expect(bandPath([{ t: 0, share: 9 }, { t: 10, share: 9 }], { from: 1, to: 99 }, frame)).toBe('M0 10L0 0L100 0L100 10Z'))
