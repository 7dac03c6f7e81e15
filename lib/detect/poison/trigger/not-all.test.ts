import { expect, it } from 'vitest'
import { placeStream } from '@/test/fixture/place-stream'
import { drive } from '../injection/test-feed'
import { trigger } from './trigger'

/** From line 2,500 on one row in thirty is of a new channel. @param approved share of its rows that are approved whatever x and y say; the others are as ever. */
const stream = (approved: number) =>
  placeStream('new channel', 9000, 10, ({ index, x, y, amount, region, label }, u) =>
    index >= 2500 && index % 30 === 0
      ? { features: { x, y, amount, region, channel: 'kiosk' }, label: u < approved ? 'approve' : label }
      : {},
  ).map(({ event }) => event)
const patterns = (approved: number) =>
  drive(trigger, stream(approved), 1e-6).alarms.map(({ subject: { pattern, label } }) => [pattern, label])

it('names a new value whose rows all bear the label', () => {
  expect(patterns(1)).toEqual([['channel=kiosk', 'approve']])
})

it('lets a new thing be whose rows mostly bear it, and its pairs with other values', () => {
  expect(patterns(0.75)).toEqual([])
})
