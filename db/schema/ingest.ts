import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  check,
  customType,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
} from 'drizzle-orm/pg-core'
import { model } from './model'

const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' })

/** Where each partition is read on from: swapped conditionally in the transaction that writes its rows, so a stale writer is fenced. */
export const ingestOffset = pgTable(
  'ingest_offset',
  {
    topic: text('topic').notNull(),
    partition: integer('partition').notNull(),
    next: bigint('next', { mode: 'number' }).notNull(),
    epoch: bigint('epoch', { mode: 'number' }).notNull().default(0),
    owner: text('owner'),
    updatedAt: timestamp('updated_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.topic, t.partition] })],
)

/** A refused message: nothing is dropped in silence. */
export const deadLetter = pgTable(
  'dead_letter',
  {
    topic: text('topic').notNull(),
    partition: integer('partition').notNull(),
    offset: bigint('offset', { mode: 'number' }).notNull(),
    reason: text('reason').notNull(),
    /** As it came; cut at 1 MiB, `size` says the whole. */
    bytes: bytea('bytes').notNull(),
    size: bigint('size', { mode: 'number' }).notNull(),
    at: timestamp('at', { withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.topic, t.partition, t.offset] }), index('dead_letter_at').on(t.at)],
)

/** Messages that the broker had already deleted before they were read. */
export const gap = pgTable('gap', {
  id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  topic: text('topic').notNull(),
  partition: integer('partition').notNull(),
  fromOffset: bigint('from_offset', { mode: 'number' }).notNull(),
  toOffset: bigint('to_offset', { mode: 'number' }).notNull(),
  at: timestamp('at', { withTimezone: true }).notNull().defaultNow(),
})

/** A monitor's state at a sequence number of its model; the stored events after it are read again on a restart. */
export const monitorSnapshot = pgTable(
  'monitor_snapshot',
  {
    modelKey: integer('model_key')
      .notNull()
      .references(() => model.key),
    seq: bigint('seq', { mode: 'number' }).notNull(),
    version: integer('version').notNull(),
    state: bytea('state').notNull(),
    at: timestamp('at', { withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.modelKey, t.seq] })],
)

/**
 * Window sketches, append-only: one row a batch × window × stream (× version of predictions); rows of the same key are merged by addition when they
 * are read and, later, by the compaction job. Training rows are counted in a row of each origin, whose sketches are empty, and sketched in one of all.
 */
export const windowSketch = pgTable(
  'window_sketch',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    modelKey: integer('model_key')
      .notNull()
      .references(() => model.key),
    /** Start of the window, event time: of labels, that of the prediction where it is known. */
    windowAt: timestamp('window_at', { withTimezone: true }).notNull(),
    stream: text('stream').$type<'prediction' | 'training' | 'label'>().notNull(),
    version: text('version'),
    origin: text('origin'),
    rows: bigint('rows', { mode: 'number' }).notNull(),
    /** Labelled predictions in this window that were wrong, and that were labelled. */
    errors: bigint('errors', { mode: 'number' }).notNull().default(0),
    labelled: bigint('labelled', { mode: 'number' }).notNull().default(0),
    /** SketchSet of the features, and of `@label` and `@prediction` (lib/stats/sketch.ts), encoded (db/sketch-codec.ts). */
    sketches: bytea('sketches').notNull(),
  },
  (t) => [index('window_sketch_read').on(t.modelKey, t.stream, t.windowAt)],
)

/** What later windows are compared with: the latest row of a stream is the approved one. */
export const baseline = pgTable(
  'baseline',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    modelKey: integer('model_key')
      .notNull()
      .references(() => model.key),
    stream: text('stream').notNull(),
    seq: bigint('seq', { mode: 'number' }).notNull(),
    at: timestamp('at', { withTimezone: true }).notNull(),
    rows: bigint('rows', { mode: 'number' }).notNull(),
    sketches: bytea('sketches').notNull(),
    adoptedBy: text('adopted_by').notNull(),
  },
  (t) => [index('baseline_read').on(t.modelKey, t.stream, t.id)],
)

/** Events of `POST /api/v1/events` where there is no broker: a partition of its own, topic `http`. Emptied behind the reader. */
export const httpInbox = pgTable('http_inbox', {
  offset: bigint('offset', { mode: 'number' }).primaryKey(),
  value: bytea('value').notNull(),
  at: timestamp('at', { withTimezone: true }).notNull().defaultNow(),
})

/** The next offset of `http_inbox`, one row: its lock makes offsets commit in their order, so a reader never passes one by. */
export const httpInboxHead = pgTable(
  'http_inbox_head',
  {
    only: boolean('only').primaryKey().default(true),
    next: bigint('next', { mode: 'number' }).notNull().default(0),
  },
  (t) => [check('http_inbox_head_only', sql`${t.only}`)],
)

export interface WorkerState {
  readonly phase: 'starting' | 'running' | 'stopping'
  /** Of the last minute: messages taken, and those refused. A flood of refusals shows here. */
  readonly perMinute: { readonly taken: number; readonly refused: number }
  readonly flood: boolean
  readonly sources: readonly string[]
}

/** A worker that lives says so every few seconds. */
export const workerHeartbeat = pgTable('worker_heartbeat', {
  id: text('id').primaryKey(),
  startedAt: timestamp('started_at', { withTimezone: true }).notNull(),
  at: timestamp('at', { withTimezone: true }).notNull(),
  state: jsonb('state').$type<WorkerState>().notNull(),
})
