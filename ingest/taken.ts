import { decodeMessage, type Message } from '@/ingest/decode'
import type { AssayEvent } from '@/lib/event/types'

/** A message with its coordinates. Once decoded: an event, or the reason why it is none. */
export interface Taken {
  readonly topic: string
  readonly partition: number
  readonly offset: number
  readonly bytes: Buffer
  /** As they came; binary mode has the event's attributes there. */
  readonly headers: Message['headers']
  /** From when its batch begins until its row is written: events that live longer are copied by every collection of garbage. */
  event: AssayEvent | null
  unknown: unknown
  /** Why it was refused; also set later, when it turns out to be a duplicate. */
  refused: string | null
}

export interface RawMessage extends Message {
  readonly offset: number
}

const nothing = Buffer.alloc(0)

export function take(topic: string, partition: number, message: RawMessage): Taken {
  const { offset, headers } = message
  return {
    topic,
    partition,
    offset,
    bytes: message.value ?? nothing,
    headers,
    event: null,
    unknown: null,
    refused: null,
  }
}

/** Decodes it, unless that was done: it then has an event or the reason why it is none. */
export function decodeTaken(taken: Taken): void {
  if (taken.event !== null || taken.refused !== null) return
  const { bytes, headers } = taken
  const decoded = decodeMessage(headers ? { value: bytes, headers } : { value: bytes })
  if (decoded.ok) {
    taken.event = decoded.event
    taken.unknown = decoded.extra
  } else taken.refused = decoded.reason
}

/** Lets go of what was decoded: its row is written. */
export function releaseTaken(taken: Taken): void {
  taken.event = null
  taken.unknown = null
}
