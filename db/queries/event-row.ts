import { sql } from 'drizzle-orm'
import type { Book, Words } from '@/db/book'
import { eventTypes } from '@/db/event-types'
import { widen } from '@/db/float4'
import type { EventExtra } from '@/db/schema'
import type { AssayEvent, FeatureValue, Label } from '@/lib/event/types'

/** Columns of a stored event as `readEvent` takes them: times in milliseconds, int8 as text. Alias of the table: e. */
export const eventRowColumns = sql.raw(`
  e.topic, e.partition, e."offset", e.seq, (extract(epoch from e.time) * 1000)::float8 as time_ms, (extract(epoch from e.ingested_at) * 1000)::float8 as ingested_ms,
  e.type, e.event_id, e.source, e.codes, e.numbers4, e.numbers8, e.vector4, e.vector8, e.text, e.version, e.origin, e.segment, e.label,
  e.label_number, e.labeler, e.prediction, e.prediction_number, e.score, e.score_classes, e.scores, e.entity, e.retrieved, e.output, e.probe, e.ref,
  e.weight, e.batch, e.feed, e.sequence, e.signature, e.round, e.client, e.document_id, e.document_kind, e.subject, e.predicate, e.object, e.negated,
  e.extra`)

export interface EventRow extends Record<string, unknown> {
  topic: string
  partition: number
  offset: string
  seq: string
  time_ms: number
  ingested_ms: number
  type: number
  event_id: string
  source: number | null
  codes: number[] | null
  numbers4: (number | null)[] | null
  numbers8: (number | null)[] | null
  vector4: number[] | null
  vector8: number[] | null
  text: string | null
  version: number | null
  origin: number | null
  segment: number | null
  label: number | null
  label_number: number | null
  labeler: number | null
  prediction: number | null
  prediction_number: number | null
  score: number | null
  score_classes: number | null
  scores: number[] | null
  entity: string | null
  retrieved: string[] | null
  output: string | null
  probe: string | null
  ref: string | null
  weight: number | null
  batch: number | null
  feed: number | null
  sequence: string | null
  signature: string | null
  round: string | null
  client: number | null
  document_id: string | null
  document_kind: string | null
  subject: string | null
  predicate: number | null
  object: string | null
  negated: boolean | null
  extra: EventExtra | null
}

/** The event exactly as it was decoded when it came: numbers to the bit, features in their order, null and absent told apart. */
export function readEvent(row: EventRow, book: Book, model: string): AssayEvent {
  const { extra } = row
  const type = eventTypes[row.type - 1] as AssayEvent['type']
  const d: Record<string, unknown> = { model }
  const word = (words: Words, column: string, code: number | null) =>
    code === null ? extra?.codes?.[column] : words.values[code]
  const set = (key: string, value: unknown) => {
    if (value !== null && value !== undefined) d[key] = value
  }
  const label = (column: 'label' | 'prediction', number: number | null): Label | undefined =>
    number ?? (word(book.class, column, row[column]) as string | undefined)

  set('version', word(book.version, 'version', row.version))
  set('origin', parsed(word(book.origin, 'origin', row.origin)))
  if (row.numbers4 || row.numbers8) d.features = readFeatures(row, book)
  set('prediction', type === 'ml.label.v1' ? row.ref : label('prediction', row.prediction_number))
  set('label', label('label', row.label_number))
  if (row.scores) {
    const classes = parsed(word(book.scoreClasses, 'score_classes', row.score_classes)) as string[]
    d.scores = Object.fromEntries(classes.map((name, i) => [name, row.scores?.[i]]))
  }
  set('score', row.score)
  set('segment', parsed(word(book.segment, 'segment', row.segment)))
  set('entity', row.entity)
  set('text', row.text)
  set(type === 'ml.update.v1' ? 'update' : 'embedding', row.vector4?.map((x) => widen(Math.fround(x))) ?? row.vector8)
  set('retrieved', row.retrieved)
  set('output', row.output)
  set('probe', row.probe)
  set('labeler', word(book.labeler, 'labeler', row.labeler))
  set('weight', row.weight)
  set('batch', word(book.batch, 'batch', row.batch))
  set('feed', word(book.feed, 'feed', row.feed))
  if (row.sequence !== null) d.sequence = Number(row.sequence)
  set('signature', row.signature)
  if (row.round !== null) d.round = Number(row.round)
  set('client', word(book.client, 'client', row.client))
  set('kind', row.document_kind)
  set('documentId', row.document_id)
  set('subject', row.subject)
  set('predicate', word(book.predicate, 'predicate', row.predicate))
  set('object', row.object)
  set('negated', row.negated)
  if (type === 'ml.fact.v1') set('retracts', row.ref)
  if (extra?.data) Object.assign(d, extra.data)

  const source = word(book.source, 'source', row.source) as string
  return { type, id: row.event_id, source, timeMs: row.time_ms, data: d } as unknown as AssayEvent
}

function parsed(value: unknown): unknown {
  return typeof value === 'string' ? JSON.parse(value) : undefined
}

function readFeatures(row: EventRow, book: Book): Record<string, FeatureValue> {
  const features: Record<string, FeatureValue> = {}
  const narrow = row.numbers4 !== null
  const numbers = row.numbers4 ?? row.numbers8 ?? []
  const codes = row.codes ?? []
  for (const planned of book.plan) {
    if (planned.words === null) {
      const value = numbers[planned.slot]
      if (value === null) put(features, planned.name, null)
      else if (value !== undefined && !Number.isNaN(value))
        put(features, planned.name, narrow ? widen(Math.fround(value)) : value)
      continue
    }
    const code = codes[planned.slot] ?? 0
    if (code > 0) put(features, planned.name, planned.words.values[code] ?? null)
    else if (code === -1) put(features, planned.name, null)
    else if (code <= -3) put(features, planned.name, code === -4)
    else if (code === -2) put(features, planned.name, null)
  }
  for (const [name, value] of row.extra?.features ?? []) put(features, name, value)
  const order = row.extra?.order
  if (!order) return features
  const sorted: Record<string, FeatureValue> = {}
  for (const name of order) put(sorted, name, Object.getOwnPropertyDescriptor(features, name)?.value ?? null)
  return sorted
}

/** `__proto__` is a feature's name like any other. */
function put(features: Record<string, FeatureValue>, name: string, value: FeatureValue): void {
  if (name === '__proto__')
    Object.defineProperty(features, name, { value, enumerable: true, configurable: true, writable: true })
  else features[name] = value
}
