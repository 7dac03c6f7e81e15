import { expect, it } from 'vitest'
import { take } from './taken'
import { type Lane, mostBytes, WaitingMessages } from './waiting'

const lane = (partition: number): Lane => ({ source: {} as never, topic: 't', partition, taken: 0 })
const messages = (from: number, count: number, bytes = 10) =>
  Array.from({ length: count }, (_, i) => take('t', 0, { offset: from + i, value: Buffer.alloc(bytes) }))
const offsets = ({ messages }: { messages: readonly { offset: number }[] }) => messages.map(({ offset }) => offset)

it('takes from the head, and says how far each partition is read', () => {
  const waiting = new WaitingMessages()
  const [a, b] = [lane(0), lane(1)]
  waiting.add(a, 0, 3, messages(0, 3))
  waiting.add(b, 10, 12, messages(10, 2))
  waiting.add(a, 3, 9, messages(5, 2))
  expect(waiting.rows).toBe(7)
  const first = waiting.take(4)
  expect(offsets(first)).toEqual([0, 1, 2, 10])
  expect(first.strides).toEqual([
    { topic: 't', partition: 0, from: 0, to: 3 },
    { topic: 't', partition: 1, from: 10, to: 11 },
  ])
  const rest = waiting.take(100)
  expect(offsets(rest)).toEqual([11, 5, 6])
  expect(rest.strides).toEqual([
    { topic: 't', partition: 1, from: 11, to: 12 },
    { topic: 't', partition: 0, from: 3, to: 9 },
  ])
  expect([waiting.empty, waiting.rows, waiting.bytes]).toEqual([true, 0, 0])
})

it('ends a batch of large messages by their bytes, and takes one that is larger than that', () => {
  const waiting = new WaitingMessages()
  waiting.add(lane(0), 0, 5, messages(0, 5, mostBytes / 2))
  expect(waiting.enough(1000)).toBe(true)
  expect(offsets(waiting.take(1000))).toEqual([0, 1])
  expect(offsets(waiting.take(1000))).toEqual([2, 3])
  expect(waiting.enough(1000)).toBe(false)
  expect(offsets(waiting.take(1000))).toEqual([4])
})

it('puts a batch back before what came later, but for partitions that went elsewhere', () => {
  const waiting = new WaitingMessages()
  const [a, b] = [lane(0), lane(1)]
  waiting.add(a, 0, 2, messages(0, 2))
  waiting.add(a, 2, 4, messages(2, 2))
  const batch = waiting.take(2)
  waiting.putBack(batch, () => a)
  expect([waiting.rows, waiting.bytes]).toEqual([4, 40])
  expect(offsets(waiting.take(4))).toEqual([0, 1, 2, 3])
  waiting.putBack(batch, () => null)
  expect(waiting.empty).toBe(true)
  waiting.add(b, 0, 1, messages(0, 1))
  waiting.forget((one) => one === b)
  expect([waiting.empty, waiting.rows, waiting.bytes]).toEqual([true, 0, 0])
})
