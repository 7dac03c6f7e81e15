import { type Check, shapes } from './fields'
import { parseTime } from './time'
import type { AssayEvent, EventType } from './types'

/** An event, or why it is none. `extra`: fields of `data` and attributes of the envelope that Contract 1 does not know, kept as they came. */
export type Decoded =
  | { readonly ok: true; readonly event: AssayEvent; readonly extra: Readonly<Record<string, unknown>> | null }
  | { readonly ok: false; readonly reason: string }

export const maxEventBytes = 1_048_576
export const tooLargeReason = (bytes: number): string =>
  `too large: ${bytes} bytes, at most ${maxEventBytes} are accepted`
const maxIdentity = 1024
const maxExtraDepth = 16
const envelope = new Set([
  'specversion',
  'id',
  'source',
  'type',
  'time',
  'data',
  'datacontenttype',
  'dataschema',
  'subject',
])

const refuse = (reason: string): Decoded => ({ ok: false, reason })
const isPlain = (v: unknown): v is Record<string, unknown> => typeof v === 'object' && v !== null && !Array.isArray(v)

/** @param json one CloudEvents object as text. @returns the event, or the first thing wrong with it, naming the field. */
export function decodeText(json: string): Decoded {
  const read = readJson(json)
  return 'reason' in read ? refuse(read.reason) : decodeObject(read.value)
}

/** Binary mode: the envelope's attributes apart from the text of `data`. */
export function decodeParts(attributes: Readonly<Record<string, string>>, data: string): Decoded {
  const read = readJson(data)
  if ('reason' in read) return refuse(`data: ${read.reason}`)
  for (const key in attributes) {
    if (attributes[key]?.includes('\0')) return refuse(`U+0000 in the attribute ${show(key)}`)
  }
  return decodeObject({ ...attributes, data: read.value })
}

function readJson(text: string): { value: unknown } | { reason: string } {
  if (text.trim() === '') return { reason: 'empty: expected a JSON object' }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    return { reason: `not JSON: ${(error as Error).message.slice(0, 200)}` }
  }
  // Escapes are where NUL and broken surrogates come from; a closer look is rarely needed.
  if (text.includes('\\u')) {
    value = wellFormed(value)
    if (value === nul) return { reason: 'U+0000 in a string: not storable, remove it' }
  }
  return { value }
}

/** @param value one parsed CloudEvents object; `data` is taken over, not copied. */
export function decodeObject(value: unknown): Decoded {
  if (!isPlain(value)) return refuse('expected a CloudEvents JSON object')
  if (value.specversion !== '1.0') return refuse(`specversion: expected "1.0", got ${show(value.specversion)}`)
  const { id, source, type, time, data } = value
  if (typeof id !== 'string' || id === '' || id.length > maxIdentity)
    return refuse(`id: expected a string of 1 to ${maxIdentity} characters, got ${show(id)}`)
  if (typeof source !== 'string' || source === '' || source.length > maxIdentity)
    return refuse(`source: expected a string of 1 to ${maxIdentity} characters, got ${show(source)}`)
  if (typeof type !== 'string' || !Object.hasOwn(shapes, type)) return refuse(`type: unknown, got ${show(type)}`)
  const timeMs = typeof time === 'string' ? parseTime(time) : null
  if (timeMs === null)
    return refuse(`time: expected RFC 3339 with an offset, such as 2026-11-01T09:30:00Z, got ${show(time)}`)
  if (!isPlain(data))
    return refuse(
      data === undefined && 'data_base64' in value
        ? 'data_base64: send JSON in data'
        : `data: expected an object, got ${show(data)}`,
    )

  let extra: Record<string, unknown> | null = null
  for (const key in value) {
    if (!envelope.has(key)) extra = keep(extra, key, value[key])
  }
  const shape = shapes[type as EventType]
  for (const key in data) {
    const check: Check | undefined = shape.fields.get(key)
    const field = data[key]
    if (!check) {
      extra = keep(extra, key, field)
    } else if (field === null && !shape.required.includes(key)) {
      delete data[key] // an optional field that is null is absent
    } else {
      const wrong = check(field)
      if (wrong) return refuse(`data.${key}: ${wrong}, got ${show(field)}`)
    }
  }
  for (const key of shape.required) {
    if (data[key] === undefined) return refuse(`data.${key}: missing`)
  }
  if (extra && depth(extra) > maxExtraDepth) return refuse(`unknown fields are nested deeper than ${maxExtraDepth}`)
  return { ok: true, event: { type, id, source, timeMs, data } as unknown as AssayEvent, extra }
}

function keep(extra: Record<string, unknown> | null, key: string, value: unknown): Record<string, unknown> {
  const kept = extra ?? (Object.create(null) as Record<string, unknown>)
  kept[key] = value
  return kept
}

function show(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object' && value !== null) return 'an object'
  const text = JSON.stringify(value)
  return text.length > 80 ? `${text.slice(0, 80)}…` : text
}

/** Depth of nested objects and lists; stops counting past the limit, and never recurses. */
function depth(value: unknown): number {
  let level: unknown[] = [value]
  let deep = 0
  while (level.length > 0 && deep <= maxExtraDepth + 1) {
    const next: unknown[] = []
    for (const item of level) {
      if (typeof item === 'object' && item !== null) for (const child of Object.values(item)) next.push(child)
    }
    level = next
    deep++
  }
  return deep - 1
}

const nul = Symbol('U+0000')
const loneSurrogate = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

/** Lone surrogates become U+FFFD, as UTF-8 would make of them; a NUL anywhere, which Postgres cannot keep, gives `nul`. Never recurses. */
function wellFormed(value: unknown): unknown {
  const root = { value }
  const open: Record<string, unknown>[] = [root]
  for (let item = open.pop(); item; item = open.pop()) {
    for (const key of Object.keys(item)) {
      if (key.includes('\0')) return nul
      const child = item[key]
      if (typeof child === 'string') {
        if (child.includes('\0')) return nul
        item[key] = child.replace(loneSurrogate, '\ufffd')
      } else if (typeof child === 'object' && child !== null) {
        open.push(child as Record<string, unknown>)
      }
      if (loneSurrogate.test(key)) {
        loneSurrogate.lastIndex = 0
        const kept = item[key]
        delete item[key]
        item[key.replace(loneSurrogate, '\ufffd')] = kept
      }
    }
  }
  return root.value
}
