import { bigint, index, integer, pgTable, primaryKey, real, text, timestamp } from 'drizzle-orm/pg-core'
import { model } from './model'

/** Someone looked at rows of a source and said how many were right. Trust comes from these alone (lib/source/trust.ts); append-only. */
export const sourceAudit = pgTable(
  'source_audit',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    modelKey: integer('model_key')
      .notNull()
      .references(() => model.key),
    origin: text('origin').notNull(),
    at: timestamp('at', { withTimezone: true }).notNull(),
    /** Rows that were looked at and found right, and wrong. */
    ok: integer('ok').notNull(),
    bad: integer('bad').notNull(),
    note: text('note'),
    by: text('by').notNull(),
  },
  (t) => [index('source_audit_model').on(t.modelKey, t.at)],
)

/** Training rows that looked suspicious at their arrival: of each model the latest 5,000 whose suspicion was half or more. */
export const suspectRow = pgTable(
  'suspect_row',
  {
    modelKey: integer('model_key')
      .notNull()
      .references(() => model.key),
    seq: bigint('seq', { mode: 'number' }).notNull(),
    eventId: text('event_id').notNull(),
    origin: text('origin'),
    suspicion: real('suspicion').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.modelKey, t.seq] }),
    index('suspect_row_worst').on(t.modelKey, t.suspicion, t.seq),
    index('suspect_row_origin').on(t.modelKey, t.origin, t.suspicion, t.seq),
  ],
)
