import { sql } from 'drizzle-orm'
import { bigint, index, integer, jsonb, pgTable, text, timestamp } from 'drizzle-orm/pg-core'
import type { Subject } from '@/lib/alert/finding'
import { alert } from './alert'
import { model } from './model'

export type AdoptedWhat = 'level' | 'range'

/**
 * Someone approved a stretch of events as the new normal: of one subject since the onset of an alert (`level`), or of the whole model (`range`).
 * It counts from `seq` on, the model's place when it was decided, until it is withdrawn; rows are never deleted.
 */
export const baselineDecision = pgTable(
  'baseline_decision',
  {
    id: text('id').primaryKey(),
    modelKey: integer('model_key')
      .notNull()
      .references(() => model.key),
    what: text('what').$type<AdoptedWhat>().notNull(),
    alertId: text('alert_id').references(() => alert.id),
    /** What the level is of; empty for a whole range. */
    subject: jsonb('subject').$type<Subject>().notNull(),
    /** The events it is learned from, event time. */
    fromAt: timestamp('from_at', { withTimezone: true }).notNull(),
    toAt: timestamp('to_at', { withTimezone: true }).notNull(),
    /** Sequence number of the model's next event when it was decided: earlier events are judged as they were. */
    seq: bigint('seq', { mode: 'number' }).notNull(),
    /** Sequence number of the event before which the monitor took it on; null until then. A worker that is ahead of `seq` takes it on late. */
    appliedSeq: bigint('applied_seq', { mode: 'number' }),
    note: text('note'),
    decidedBy: text('decided_by').notNull(),
    decidedAt: timestamp('decided_at', { withTimezone: true }).notNull(),
    withdrawnBy: text('withdrawn_by'),
    withdrawnAt: timestamp('withdrawn_at', { withTimezone: true }),
    /** As `seq`, of the withdrawal. */
    withdrawnSeq: bigint('withdrawn_seq', { mode: 'number' }),
    /** As `appliedSeq`, of the withdrawal. */
    withdrawnAppliedSeq: bigint('withdrawn_applied_seq', { mode: 'number' }),
  },
  (t) => [
    index('baseline_decision_model').on(t.modelKey, t.seq),
    index('baseline_decision_alert').on(t.alertId),
    index('baseline_decision_pending')
      .on(t.modelKey)
      .where(sql`applied_seq is null or (withdrawn_at is not null and withdrawn_applied_seq is null)`),
  ],
)
