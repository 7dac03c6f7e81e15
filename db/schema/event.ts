import {
  bigint,
  boolean,
  doublePrecision,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  real,
  smallint,
  text,
  timestamp,
  unique,
  uuid,
} from 'drizzle-orm/pg-core'
import { model } from './model'

/** What the typed columns of an event could not take, so that nothing is lost. Every part optional. */
export interface EventExtra {
  /** Literals of coded columns whose dictionary is full, or that are too long for it: column → value. */
  readonly codes?: Readonly<Record<string, unknown>>
  /** Features that their slot could not take (plan full, another type, dictionary full): pairs of name and value. */
  readonly features?: readonly (readonly [string, string | number | boolean | null])[]
  /** Names of all features, in the order of the event, where it is not that of the plan. */
  readonly order?: readonly string[]
  /** Fields of Contract 1 that have no column of their own, or whose value the column cannot hold. */
  readonly data?: Readonly<Record<string, unknown>>
  /** Fields that Contract 1 does not know. */
  readonly unknown?: unknown
}

/**
 * One row an accepted event, partitioned by the day on which it was ingested (UTC): an event time that is late or wrong can never hit a dropped
 * partition. Written by binary COPY (ingest/copy), read back exactly (db/queries/events.ts); `docs/schema.md` tells the columns.
 * Columns marked † hold codes of `dict`. The migration adds the partitioning and the BRIN indexes, which drizzle does not know.
 */
export const event = pgTable('event', {
  ingestedAt: timestamp('ingested_at', { withTimezone: true }).notNull(),
  offset: bigint('offset', { mode: 'number' }).notNull(),
  /** Per-model sequence number: the order in which the monitor saw it. */
  seq: bigint('seq', { mode: 'number' }).notNull(),
  /** Event time. */
  time: timestamp('time', { withTimezone: true }).notNull(),
  sequence: bigint('sequence', { mode: 'number' }),
  round: bigint('round', { mode: 'number' }),
  score: doublePrecision('score'),
  weight: doublePrecision('weight'),
  labelNumber: doublePrecision('label_number'),
  predictionNumber: doublePrecision('prediction_number'),
  modelKey: integer('model_key').notNull(),
  partition: integer('partition').notNull(),
  source: integer('source'),
  version: integer('version'),
  origin: integer('origin'),
  labeler: integer('labeler'),
  batch: integer('batch'),
  feed: integer('feed'),
  segment: integer('segment'),
  label: integer('label'),
  prediction: integer('prediction'),
  /** † The class names of `scores`, in their order. */
  scoreClasses: integer('score_classes'),
  client: integer('client'),
  predicate: integer('predicate'),
  /** 1 prediction, 2 label, 3 training, 4 version, 5 update, 6 document, 7 fact. */
  type: smallint('type').notNull(),
  negated: boolean('negated'),
  topic: text('topic').notNull(),
  eventId: text('event_id').notNull(),
  /** The id that this event speaks of: of a label, its prediction; of a fact, the one it retracts. */
  ref: text('ref'),
  entity: text('entity'),
  subject: text('subject'),
  object: text('object'),
  documentId: text('document_id'),
  documentKind: text('document_kind'),
  probe: text('probe'),
  signature: text('signature'),
  /** Features that are not numbers: slot → 0 absent, -1 null, -2 literal in `extra`, -3 false, -4 true, else a code of `dict`. */
  codes: smallint('codes').array(),
  /** Numeric features: slot → value; NaN absent, NULL null. Only one of the two columns is set: float4 where the decimal is kept exactly. */
  numbers4: real('numbers4').array(),
  numbers8: doublePrecision('numbers8').array(),
  scores: doublePrecision('scores').array(),
  /** Embedding, or a client's update. */
  vector4: real('vector4').array(),
  vector8: doublePrecision('vector8').array(),
  retrieved: text('retrieved').array(),
  text: text('text'),
  output: text('output'),
  extra: jsonb('extra').$type<EventExtra>(),
})

/** Identity (source, id), once and for all: the first event of an identity wins. Also finds an event by its id alone. */
export const eventKey = pgTable('event_key', {
  /** 32 bits of a hash of the id, then 96 bits of SHA-256 of (source, id). */
  hash: uuid('hash').primaryKey(),
  ingestedAt: timestamp('ingested_at', { withTimezone: true }).notNull(),
  offset: bigint('offset', { mode: 'number' }).notNull(),
  partition: integer('partition').notNull(),
})

/** A model's features, each with its slot in `event.numbers*` or `event.codes`; only ever appended to. */
export const featurePlan = pgTable(
  'feature_plan',
  {
    modelKey: integer('model_key')
      .notNull()
      .references(() => model.key),
    /** Order of first appearance. */
    position: integer('position').notNull(),
    name: text('name').notNull(),
    kind: text('kind').$type<'number' | 'code'>().notNull(),
    slot: integer('slot').notNull(),
  },
  (t) => [primaryKey({ columns: [t.modelKey, t.position] }), unique('feature_plan_name').on(t.modelKey, t.name)],
)

/** Words that repeat, as small numbers. `field` is a column of `event`, `class` (label and prediction), or `features.<slot>`. */
export const dict = pgTable(
  'dict',
  {
    modelKey: integer('model_key')
      .notNull()
      .references(() => model.key),
    field: text('field').notNull(),
    code: integer('code').notNull(),
    value: text('value').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.modelKey, t.field, t.code] }),
    unique('dict_value').on(t.modelKey, t.field, t.value),
  ],
)
