import type { Batch, Stride } from './batch/batch'
import type { Source } from './source/port'
import type { Taken } from './taken'

/** A partition as this worker reads it. */
export interface Lane {
  readonly source: Source
  readonly topic: string
  readonly partition: number
  /** Position behind what was taken; null until Postgres was asked. */
  taken: number | null
}

/** One delivery, or what is left of it, waiting to be written. */
interface Waiting {
  readonly lane: Lane
  from: number
  readonly to: number
  readonly messages: readonly Taken[]
  next: number
}

/** Bytes of one batch, and of what waits for the next: large messages reach this limit before they reach that of their count. */
export const mostBytes = 32 << 20

/** What was taken and is not yet written: deliveries in the order in which they came. */
export class WaitingMessages {
  private queue: Waiting[] = []
  rows = 0
  bytes = 0

  get empty(): boolean {
    return this.queue.length === 0
  }

  add(lane: Lane, from: number, to: number, messages: readonly Taken[]): void {
    this.queue.push({ lane, from, to, messages, next: 0 })
    this.rows += messages.length
    for (const { bytes } of messages) this.bytes += bytes.length
  }

  /** Whether they are enough for a batch of so many messages. */
  enough(rows: number): boolean {
    return this.rows >= rows || this.bytes >= mostBytes
  }

  /** Takes up to `most` messages from the head of the queue, in order. */
  take(most: number): Batch {
    const messages: Taken[] = []
    let bytes = 0
    const strides = new Map<Lane, { -readonly [K in keyof Stride]: Stride[K] }>()
    while (this.queue.length > 0 && messages.length < most && bytes < mostBytes) {
      const waiting = this.queue[0] as Waiting
      const last = Math.min(waiting.messages.length, waiting.next + most - messages.length)
      let until = waiting.next
      while (until < last && bytes < mostBytes) {
        const taken = waiting.messages[until++] as Taken
        bytes += taken.bytes.length
        messages.push(taken)
      }
      const whole = until === waiting.messages.length
      const to = whole ? waiting.to : (waiting.messages[until] as Taken).offset
      const { lane, from } = waiting
      const stride = strides.get(lane)
      if (stride) stride.to = to
      else strides.set(lane, { topic: lane.topic, partition: lane.partition, from, to })
      waiting.next = until
      waiting.from = to
      if (whole) this.queue.shift()
    }
    this.rows -= messages.length
    this.bytes -= bytes
    return { messages, strides: [...strides.values()] }
  }

  /** Puts a batch that was rolled back to the head of the queue, to be written again; without the partitions that `laneOf` no longer knows. */
  putBack(batch: Batch, laneOf: (stride: Stride) => Lane | null): void {
    const again: Waiting[] = []
    for (const stride of batch.strides) {
      const { topic, partition, from, to } = stride
      const lane = laneOf(stride)
      const messages = batch.messages.filter((taken) => taken.topic === topic && taken.partition === partition)
      if (lane) again.push({ lane, from, to, messages, next: 0 })
    }
    this.put([...again, ...this.queue])
  }

  forget(which: (lane: Lane) => boolean): void {
    this.put(this.queue.filter(({ lane }) => !which(lane)))
  }

  private put(queue: Waiting[]): void {
    this.queue = queue
    this.rows = 0
    this.bytes = 0
    for (const { messages, next } of queue) {
      this.rows += messages.length - next
      for (let i = next; i < messages.length; i++) this.bytes += (messages[i] as Taken).bytes.length
    }
  }
}
