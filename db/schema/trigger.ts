import { bigint, doublePrecision, integer, jsonb, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core'
import type { TriggerStanding } from '@/lib/monitor/output'
import { model } from './model'

/** A pattern that was accused of being a trigger: how many rows bear it, and what it does to a learner that learned them. One row a pattern and label. */
export const triggerStanding = pgTable(
  'trigger_standing',
  {
    modelKey: integer('model_key')
      .notNull()
      .references(() => model.key),
    pattern: text('pattern').notNull(),
    label: text('label').notNull(),
    seq: bigint('seq', { mode: 'number' }).notNull(),
    at: timestamp('at', { withTimezone: true }).notNull(),
    kind: text('kind').$type<TriggerStanding['kind']>().notNull(),
    /** Event time of the first row that bears it with the label. */
    onsetAt: timestamp('onset_at', { withTimezone: true }).notNull(),
    /** Rows that bear it with the label, since then. */
    support: bigint('support', { mode: 'number' }).notNull(),
    logE: doublePrecision('log_e').notNull(),
    threshold: doublePrecision('threshold').notNull(),
    state: text('state').$type<TriggerStanding['state']>().notNull(),
    /** On the exposed learner; null: there were no rows to put it into. */
    canary: jsonb('canary').$type<TriggerStanding['canary']>(),
    /** Probes of the serving model that bear it, and those of them answered with the label. */
    probes: integer('probes').notNull(),
    probeFlips: integer('probe_flips').notNull(),
  },
  (t) => [primaryKey({ columns: [t.modelKey, t.pattern, t.label] })],
)
