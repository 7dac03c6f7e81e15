import { sql } from 'drizzle-orm'
import { bigint, customType, index, integer, jsonb, pgTable, text, timestamp } from 'drizzle-orm/pg-core'
import type { GoldenAudit } from '@/lib/golden/audit'
import { model } from './model'

const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' })

export type GoldenState = 'proposed' | 'approved' | 'rejected'

/**
 * A trusted set of a model: proposed by one person, approved by another. The approved one that monitors took on last counts; rows are never deleted.
 * It counts from `appliedSeq` on: events before were judged by the set before.
 */
export const goldenSet = pgTable(
  'golden_set',
  {
    id: text('id').primaryKey(),
    modelKey: integer('model_key')
      .notNull()
      .references(() => model.key),
    /** SHA-256, hex, of the hashes of its rows, sorted and concatenated (Contract 3's hash of a batch). */
    hash: text('hash').notNull(),
    /** As NDJSON, deflated. */
    rows: bytea('rows').notNull(),
    count: integer('count').notNull(),
    /** Rows by label, and by `key=value` of their segment. */
    labels: jsonb('labels').$type<Record<string, number>>().notNull(),
    slices: jsonb('slices').$type<Record<string, number>>().notNull(),
    audit: jsonb('audit').$type<GoldenAudit>().notNull(),
    state: text('state').$type<GoldenState>().notNull().default('proposed'),
    note: text('note'),
    /** Kind and id of the actor, to tell a second person from the first. */
    proposedById: text('proposed_by_id').notNull(),
    proposedBy: text('proposed_by').notNull(),
    proposedAt: timestamp('proposed_at', { withTimezone: true }).notNull(),
    decidedBy: text('decided_by'),
    decidedAt: timestamp('decided_at', { withTimezone: true }),
    /** Sequence number of the event before which the monitor took it on; null until then. */
    appliedSeq: bigint('applied_seq', { mode: 'number' }),
  },
  (t) => [
    index('golden_set_model').on(t.modelKey, t.proposedAt),
    index('golden_set_pending').on(t.modelKey).where(sql`state = 'approved' and applied_seq is null`),
  ],
)
