import type { Book, Words } from '@/db/book'
import { eventTypes } from '@/db/event-types'
import type { EventExtra } from '@/db/schema'
import type { AssayEvent, Label, Origin, Segment } from '@/lib/event/types'
import { type EventColumns, part } from './event-columns'
import { encodeFeatures } from './features'
import { floats } from './floats'
import type { CopyWriter } from './writer'

export interface Place {
  readonly topic: string
  readonly partition: number
  readonly offset: number
}

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
  columns: EventColumns,
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
  const { parts } = columns
  const d = event.data as Fields
  const isLabel = event.type === 'ml.label.v1'
  extra = row.unknown === null ? null : { unknown: row.unknown }

  w.row(columns.names.length)
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
  } else if (parts & part.features) nulls(w, 3)
  if (parts & part.vector) floats(w, d.embedding ?? d.update)
  if (parts & part.text) w.textOrNull(d.text)

  if (parts & part.version) word(w, book.version, 'version', d.version)
  if (parts & part.origin) word(w, book.origin, 'origin', d.origin && originText(d.origin))
  if (parts & part.segment) word(w, book.segment, 'segment', d.segment && JSON.stringify(d.segment))
  if (parts & part.label) label(w, book.class, 'label', d.label)
  if (parts & part.labeler) word(w, book.labeler, 'labeler', d.labeler)
  if (parts & part.prediction) label(w, book.class, 'prediction', isLabel ? undefined : d.prediction)

  if (parts & part.score) double(w, d.score)
  if (parts & part.scores) scores(w, book, d.scores)
  if (parts & part.entity) w.textOrNull(d.entity)
  if (parts & part.retrieved) {
    if (d.retrieved) w.texts(d.retrieved)
    else w.null()
  }
  if (parts & part.output) w.textOrNull(d.output)
  if (parts & part.probe) w.textOrNull(d.probe)
  if (parts & part.ref) w.textOrNull(isLabel ? (d.prediction as string) : d.retracts)
  if (parts & part.weight) double(w, d.weight)
  if (parts & part.batch) word(w, book.batch, 'batch', d.batch)
  if (parts & part.feed) word(w, book.feed, 'feed', d.feed)
  if (parts & part.sequence) bigint(w, d.sequence)
  if (parts & part.signature) w.textOrNull(d.signature)
  if (parts & part.round) bigint(w, d.round)
  if (parts & part.client) word(w, book.client, 'client', d.client)
  if (parts & part.documentId) w.textOrNull(d.documentId)
  if (parts & part.kind) w.textOrNull(event.type === 'ml.document.v1' ? d.kind : undefined)
  if (parts & part.subject) w.textOrNull(d.subject)
  if (parts & part.predicate) word(w, book.predicate, 'predicate', d.predicate)
  if (parts & part.object) w.textOrNull(d.object)
  if (parts & part.negated) {
    if (d.negated === undefined) w.null()
    else w.bool(d.negated)
  }

  if (event.type === 'ml.version.v1') extra = { ...extra, data: withoutModelAndVersion(event.data) }
  if (extra) w.jsonb(extra)
  else w.null()
}

function scores(w: CopyWriter, book: Book, values: Fields['scores']): void {
  word(w, book.scoreClasses, 'score_classes', values && JSON.stringify(Object.keys(values)))
  if (values) {
    const numbers = Object.values(values)
    w.floats8(numbers, numbers.length)
  } else w.null()
}

/** Origins as they were written last: a feed has few, and each of its rows names one. */
const origins = new Map<string, { readonly kind: string; readonly text: string }>()
const mostOrigins = 1000

function originText(origin: Origin): string {
  let fields = 0
  let first = ''
  for (const field in origin) if (fields++ === 0) first = field
  const known = fields === 2 && first === 'id' ? origins.get(origin.id) : undefined
  if (known?.kind === origin.kind) return known.text
  const text = JSON.stringify(origin)
  if (fields === 2 && first === 'id') {
    if (origins.size >= mostOrigins) origins.clear()
    origins.set(origin.id, { kind: origin.kind, text })
  }
  return text
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
