import { decodeMessage, type Message } from '@/ingest/decode'
import type { AssayEvent } from '@/lib/event/types'

/** A message with its coordinates, decoded: an event, or the reason why it is none. */
export interface Taken {
  readonly topic: string
  readonly partition: number
  readonly offset: number
  readonly bytes: Buffer
  /** As they came; binary mode has the event's attributes there. */
  readonly headers: Message['headers']
  readonly event: AssayEvent | null
  readonly unknown: unknown
  /** Why it was refused; also set later, when it turns out to be a duplicate. */
  refused: string | null
}

export interface RawMessage extends Message {
  readonly offset: number
}

const nothing = Buffer.alloc(0)

export function take(topic: string, partition: number, message: RawMessage): Taken {
  const decoded = decodeMessage(message)
  const bytes = message.value ?? nothing
  const { offset, headers } = message
  if (decoded.ok)
    return { topic, partition, offset, bytes, headers, event: decoded.event, unknown: decoded.extra, refused: null }
  return { topic, partition, offset, bytes, headers, event: null, unknown: null, refused: decoded.reason }
}
