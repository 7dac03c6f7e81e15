import type { AssayEvent } from '@/lib/event/types'

/** Columns that only some events fill, in the order in which `encodeEvent` writes them, and the field of `data` that fills them. */
const optional = {
  features: ['codes', 'numbers4', 'numbers8'],
  vector: ['vector4', 'vector8'],
  text: ['text'],
  version: ['version'],
  origin: ['origin'],
  segment: ['segment'],
  label: ['label', 'label_number'],
  labeler: ['labeler'],
  prediction: ['prediction', 'prediction_number'],
  score: ['score'],
  scores: ['score_classes', 'scores'],
  entity: ['entity'],
  retrieved: ['retrieved'],
  output: ['output'],
  probe: ['probe'],
  ref: ['ref'],
  weight: ['weight'],
  batch: ['batch'],
  feed: ['feed'],
  sequence: ['sequence'],
  signature: ['signature'],
  round: ['round'],
  client: ['client'],
  documentId: ['document_id'],
  kind: ['document_kind'],
  subject: ['subject'],
  predicate: ['predicate'],
  object: ['object'],
  negated: ['negated'],
} as const
type Part = keyof typeof optional
const parts = Object.keys(optional) as Part[]

/** A bit for each part. */
export const part = Object.fromEntries(parts.map((name, i) => [name, 2 ** i])) as Readonly<Record<Part, number>>

const byField = new Map<string, number>([
  ...parts.map((name) => [name, part[name]] as const),
  ['embedding', part.vector],
  ['update', part.vector],
  ['retracts', part.ref],
])
const byLabelField = new Map(byField).set('prediction', part.ref)

/** The columns of some rows: those of every event, and the parts that any of these events has. A column that no row fills costs Postgres as much as one that is filled. */
export interface EventColumns {
  readonly parts: number
  readonly names: readonly string[]
}

export function columnsOf(events: Iterable<AssayEvent>): EventColumns {
  let mask = 0
  for (const { type, data } of events) {
    const bits = type === 'ml.label.v1' ? byLabelField : byField
    for (const field in data) mask |= bits.get(field) ?? 0
  }
  const filled = parts.filter((name) => mask & part[name]).flatMap((name) => [...optional[name]])
  return { parts: mask, names: [...everyRow, ...filled, 'extra'] }
}

const everyRow = [
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
] as const
