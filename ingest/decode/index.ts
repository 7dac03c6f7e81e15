import { isUtf8 } from 'node:buffer'
import { type Decoded, decodeParts, decodeText, maxEventBytes, tooLargeReason } from '@/lib/event/decode'

export type { Decoded }

/** A message as a broker, a file or an HTTP body carries it. Header values as kafkajs gives them. */
export interface Message {
  readonly value: Buffer | null
  readonly headers?: Readonly<Record<string, Buffer | string | (Buffer | string)[] | undefined>>
}

/**
 * Decodes one message: structured CloudEvents (the value is the whole event), or binary mode (attributes in `ce_*` headers, the value is `data`).
 * Never throws: what is not an event comes back with the reason.
 */
export function decodeMessage(message: Message): Decoded {
  const { value, headers } = message
  if (value === null || value.length === 0) return { ok: false, reason: 'empty: expected a CloudEvents JSON object' }
  if (value.length > maxEventBytes) return { ok: false, reason: tooLargeReason(value.length) }
  if (value[0] === 0)
    return { ok: false, reason: 'Schema Registry framing (magic byte 0): expected plain CloudEvents JSON' }
  if (!isUtf8(value)) return { ok: false, reason: 'not UTF-8' }
  if (headers && header(headers, 'ce_specversion') !== null) return decodeBinary(value, headers)
  return decodeText(value.toString('utf8'))
}

function decodeBinary(value: Buffer, headers: NonNullable<Message['headers']>): Decoded {
  const contentType = header(headers, 'content-type')
  if (contentType !== null && !/^application\/([\w.+-]+\+)?json\b/i.test(contentType))
    return {
      ok: false,
      reason: `content-type: expected application/json, got ${JSON.stringify(contentType.slice(0, 80))}`,
    }
  const attributes: Record<string, string> = {}
  for (const key of Object.keys(headers)) {
    const name = key.toLowerCase()
    if (name.startsWith('ce_') && name !== 'ce_data') attributes[name.slice(3)] = header(headers, key) ?? ''
  }
  return decodeParts(attributes, value.toString('utf8'))
}

function header(headers: NonNullable<Message['headers']>, name: string): string | null {
  let found = headers[name]
  if (found === undefined) {
    const key = Object.keys(headers).find((k) => k.toLowerCase() === name)
    if (key === undefined) return null
    found = headers[key]
  }
  const first = Array.isArray(found) ? found[0] : found
  return first === undefined ? null : first.toString()
}
