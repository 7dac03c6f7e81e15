import type { Context } from '@/lib/access/context'
import { Invalid, TooLarge } from '@/lib/access/errors'
import { type Decoded, maxEventBytes } from './decode'
import { splitBody } from './split-body'
import type { AssayEvent } from './types'

export interface Message {
  /** The model: what decides the partition. */
  readonly key: string
  readonly value: Buffer
}

/** What the verb is given from outside: `lib` does not know the codecs of ingest, nor the broker. */
export interface Door {
  decode(value: Buffer): Decoded
  /** Resolves once the messages are durable on the broker. Null: there is none, and the worker reads them from Postgres. */
  readonly produce: ((messages: readonly Message[]) => Promise<void>) | null
}

export interface Ingested {
  accepted: number
  rejected: { index: number; reason: string }[]
}

/** Events handed on at once, and the largest body: it is read as it comes, but answered whole. */
const chunkEvents = 1000
const chunkBytes = 4 * 1024 * 1024
const maxBodyBytes = 32 * 1024 * 1024
const refusedHeadBytes = 4096

interface Refused {
  readonly bytes: Buffer
  readonly reason: string
}

/**
 * Takes events in, an NDJSON or JSON-array body as it arrives, and answers after the accepted ones are durable. What is refused is a dead letter, with
 * its reason. A body that breaks off, or a broker that goes away midway, leaves some taken: sending all of it again is safe, the second of each is refused.
 * @throws Forbidden, Invalid when there is no event at all, TooLarge, Busy when neither broker nor database takes them
 */
export async function ingestEvents(ctx: Context, body: AsyncIterable<Uint8Array>, door: Door): Promise<Ingested> {
  await ctx.allow('event.ingest')
  const answer: Ingested = { accepted: 0, rejected: [] }
  const seen = new Set<string>()
  let index = 0
  let bytes = 0
  let good: { index: number; event: AssayEvent; value: Buffer }[] = []
  let refused: Refused[] = []
  const refuse = (at: number, reason: string, value: Buffer) => {
    answer.rejected.push({ index: at, reason })
    refused.push({ bytes: value, reason })
  }
  const flush = async () => {
    const stored = await ctx.read((tx) => tx.identities.stored(good.map(({ event }) => event)))
    const fresh = good.filter(({ index: at, event, value }, i) => {
      if (!stored.has(i)) return true
      refuse(at, duplicate(event), value)
      return false
    })
    const messages = fresh.map(({ event, value }) => ({ key: event.data.model, value }))
    const { produce } = door
    if (produce && messages.length > 0) await produce(messages)
    await ctx.tx(async (tx) => {
      if (!produce && messages.length > 0) await tx.door.append(messages.map(({ value }) => value))
      await tx.door.refuse(refused)
      if (!produce || refused.length > 0) await tx.notify.changed(null, ['ingest'])
    })
    answer.accepted += messages.length
    good = []
    refused = []
    bytes = 0
  }

  for await (const part of splitBody(bounded(body), maxEventBytes)) {
    const at = index++
    const reason = part.bytes ? null : `too large: at most ${maxEventBytes} bytes are accepted`
    const decoded = part.bytes ? door.decode(part.bytes) : null
    if (reason !== null || !part.bytes || !decoded)
      refuse(at, reason ?? 'empty', part.head.subarray(0, refusedHeadBytes))
    else if (!decoded.ok) refuse(at, decoded.reason, part.bytes)
    else {
      const { event } = decoded
      const identity = `${event.source}\0${event.id}`
      if (ctx.models && !ctx.models.includes(event.data.model))
        refuse(
          at,
          `not allowed: this token may not send events of the model ${JSON.stringify(event.data.model)}`,
          part.bytes,
        )
      else if (seen.has(identity)) refuse(at, duplicate(event), part.bytes)
      else {
        seen.add(identity)
        good.push({ index: at, event, value: part.bytes })
      }
    }
    bytes += part.size
    if (good.length + refused.length >= chunkEvents || bytes >= chunkBytes) await flush()
  }
  if (index === 0) throw new Invalid('the body holds no event; expected NDJSON, or a JSON array of CloudEvents')
  if (good.length + refused.length > 0) await flush()
  answer.rejected.sort((a, b) => a.index - b.index)
  return answer
}

const duplicate = (event: AssayEvent) =>
  `duplicate: ${JSON.stringify(event.id)} of ${JSON.stringify(event.source)} was sent before`

async function* bounded(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let size = 0
  for await (const chunk of body) {
    size += chunk.byteLength
    if (size > maxBodyBytes) throw new TooLarge(`at most ${maxBodyBytes} bytes in one request`)
    yield chunk
  }
}
