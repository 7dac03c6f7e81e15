import { sql } from 'drizzle-orm'
import { bigint, boolean, integer, jsonb, pgTable, text, timestamp } from 'drizzle-orm/pg-core'
import type { ModelConfig } from '@/lib/monitor/config'

/** A watched model, seen first in its events or configured by hand. */
export const model = pgTable('model', {
  /** Small number used in the wide tables. */
  key: integer('key').primaryKey().generatedAlwaysAsIdentity(),
  id: text('id').notNull().unique(),
  task: text('task'),
  config: jsonb('config').$type<ModelConfig>().notNull().default(sql`'{}'::jsonb`),
  /** Events of this model that were accepted: the sequence number of the next one. Swapped conditionally by each batch. */
  nextSeq: bigint('next_seq', { mode: 'number' }).notNull().default(0),
  /** Width of its windows, milliseconds of event time; set once from its first events. */
  windowMs: bigint('window_ms', { mode: 'number' }),
  firstEventAt: timestamp('first_event_at', { withTimezone: true }),
  lastEventAt: timestamp('last_event_at', { withTimezone: true }),
  lastIngestedAt: timestamp('last_ingested_at', { withTimezone: true }),
  baselineReady: boolean('baseline_ready').notNull().default(false),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
})

/** A version that the model published (`ml.version.v1`). */
export const modelVersion = pgTable('model_version', {
  id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  modelKey: integer('model_key')
    .notNull()
    .references(() => model.key),
  version: text('version').notNull(),
  parent: text('parent'),
  at: timestamp('at', { withTimezone: true }).notNull(),
  seq: bigint('seq', { mode: 'number' }).notNull(),
  metrics: jsonb('metrics').$type<Record<string, number>>(),
})
