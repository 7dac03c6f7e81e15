import type { Book, Words } from '@/db/book'
import { eventTypes } from '@/db/event-types'
import type { EventExtra } from '@/db/schema'
import type { AssayEvent, Label, Origin, Segment } from '@/lib/event/types'
import { encodeFeatures } from './features'
import { floats } from './floats'
import type { CopyWriter } from './writer'

export interface Place {
  readonly topic: string
  readonly partition: number
  readonly offset: number
}

/** Columns in the order in which `encodeEvent` writes them. */
export const eventColumns = [
  'ingested_at',
  'offset',
  'seq',
  'time',
  'model_key',
  'partition',
  'type',
  'topic',
  'event_id',
  'source',
  'codes',
  'numbers4',
  'numbers8',
  'vector4',
  'vector8',
  'text',
  'version',
  'origin',
  'segment',
  'label',
  'label_number',
  'labeler',
  'prediction',
  'prediction_number',
  'score',
  'score_classes',
  'scores',
  'entity',
  'retrieved',
  'output',
  'probe',
  'ref',
  'weight',
  'batch',
  'feed',
  'sequence',
  'signature',
  'round',
  'client',
  'document_id',
  'document_kind',
  'subject',
  'predicate',
  'object',
  'negated',
  'extra',
] as const

/** Any event's data, so that one row shape serves all: which fields can be there is the type's affair. */
interface Fields {
  readonly features?: Readonly<Record<string, string | number | boolean | null>>
  readonly embedding?: readonly number[]
  readonly update?: readonly number[]
  readonly text?: string
  readonly version?: string
  readonly origin?: Origin
  readonly segment?: Segment
  readonly label?: Label
  readonly labeler?: string
  readonly prediction?: Label
  readonly score?: number
  readonly scores?: Readonly<Record<string, number>>
  readonly entity?: string
  readonly retrieved?: readonly string[]
  readonly output?: string
  readonly probe?: string
  readonly weight?: number
  readonly batch?: string
  readonly feed?: string
  readonly sequence?: number
  readonly signature?: string
  readonly round?: number
  readonly client?: string
  readonly documentId?: string
  readonly kind?: string
  readonly subject?: string
  readonly predicate?: string
  readonly object?: string
  readonly negated?: boolean
  readonly retracts?: string
}

/** What this row's columns cannot take; made anew only for a row that needs it. */
let extra: { -readonly [K in keyof EventExtra]: EventExtra[K] } | null = null

/** Writes one event as a row of `event`. db/queries/event-row.ts reads exactly the same event back. */
export function encodeEvent(
  w: CopyWriter,
  book: Book,
  row: {
    readonly event: AssayEvent
    readonly place: Place
    readonly unknown: unknown
    readonly modelKey: number
    readonly seq: number
    readonly ingestedAtMs: number
  },
): void {
  const { event, place } = row
  const d = event.data as Fields
  const isLabel = event.type === 'ml.label.v1'
  extra = row.unknown === null ? null : { unknown: row.unknown }

  w.row(eventColumns.length)
  w.timestamp(row.ingestedAtMs)
  w.bigint(place.offset)
  w.bigint(row.seq)
  w.timestamp(event.timeMs)
  w.integer(row.modelKey)
  w.integer(place.partition)
  w.smallint(eventTypes.indexOf(event.type) + 1)
  w.text(place.topic)
  w.text(event.id)
  word(w, book.source, 'source', event.source)

  if (d.features) {
    const rest = encodeFeatures(w, book, d.features)
    if (rest) extra = { ...extra, ...rest }
  } else nulls(w, 3)
  floats(w, d.embedding ?? d.update)
  w.textOrNull(d.text)

  word(w, book.version, 'version', d.version)
  word(w, book.origin, 'origin', d.origin && JSON.stringify(d.origin))
  word(w, book.segment, 'segment', d.segment && JSON.stringify(d.segment))
  label(w, book.class, 'label', d.label)
  word(w, book.labeler, 'labeler', d.labeler)
  label(w, book.class, 'prediction', isLabel ? undefined : d.prediction)

  double(w, d.score)
  word(w, book.scoreClasses, 'score_classes', d.scores && JSON.stringify(Object.keys(d.scores)))
  if (d.scores) {
    const values = Object.values(d.scores)
    w.floats8(values, values.length)
  } else w.null()
  w.textOrNull(d.entity)
  if (d.retrieved) w.texts(d.retrieved)
  else w.null()
  w.textOrNull(d.output)
  w.textOrNull(d.probe)
  w.textOrNull(isLabel ? (d.prediction as string) : d.retracts)
  double(w, d.weight)
  word(w, book.batch, 'batch', d.batch)
  word(w, book.feed, 'feed', d.feed)
  bigint(w, d.sequence)
  w.textOrNull(d.signature)
  bigint(w, d.round)
  word(w, book.client, 'client', d.client)
  w.textOrNull(d.documentId)
  w.textOrNull(event.type === 'ml.document.v1' ? d.kind : undefined)
  w.textOrNull(d.subject)
  word(w, book.predicate, 'predicate', d.predicate)
  w.textOrNull(d.object)
  if (d.negated === undefined) w.null()
  else w.bool(d.negated)

  if (event.type === 'ml.version.v1') extra = { ...extra, data: withoutModelAndVersion(event.data) }
  if (extra) w.jsonb(extra)
  else w.null()
}

function withoutModelAndVersion({ model: _model, version: _version, ...rest }: { model: string; version: string }) {
  return rest
}

function word(w: CopyWriter, words: Words, column: string, value: string | undefined): void {
  const code = value === undefined ? 0 : words.code(value)
  if (code > 0) {
    w.integer(code)
    return
  }
  if (value !== undefined) literal(column, value)
  w.null()
}

/** Two columns: the code of a class, or a number. */
function label(w: CopyWriter, words: Words, column: string, value: Label | undefined): void {
  if (typeof value === 'number') {
    w.null()
    w.double(value)
  } else {
    word(w, words, column, value)
    w.null()
  }
}

function literal(column: string, value: string): void {
  extra = { ...extra, codes: { ...extra?.codes, [column]: value } }
}

function double(w: CopyWriter, value: number | undefined): void {
  if (value === undefined) w.null()
  else w.double(value)
}

function bigint(w: CopyWriter, value: number | undefined): void {
  if (value === undefined) w.null()
  else w.bigint(value)
}

function nulls(w: CopyWriter, count: number): void {
  for (let i = 0; i < count; i++) w.null()
}
