import {
  bigint,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
} from 'drizzle-orm/pg-core'
import type { AlertKind, Subject } from '@/lib/alert/finding'
import type { UsualChange } from '@/lib/detect/drift/usual/standing'
import type { Estimate } from '@/lib/detect/prediction/estimate'
import type { Counterfactual } from '@/lib/learn/influence/counterfactual'
import { model } from './model'

/** Samples of each unit's evidence over time: what the evidence strip draws. */
export const evidenceSample = pgTable(
  'evidence_sample',
  {
    modelKey: integer('model_key')
      .notNull()
      .references(() => model.key),
    seq: bigint('seq', { mode: 'number' }).notNull(),
    /** Event time. */
    at: timestamp('at', { withTimezone: true }).notNull(),
    kind: text('kind').$type<AlertKind>().notNull(),
    unit: text('unit').notNull(),
    subject: jsonb('subject').$type<Subject>().notNull(),
    logE: doublePrecision('log_e').notNull(),
    threshold: doublePrecision('threshold').notNull(),
    effect: doublePrecision('effect').notNull(),
    n: bigint('n', { mode: 'number' }).notNull(),
    /** Of `drift.performance` alone: the error as it is estimated without labels, and as labels showed it. */
    estimate: jsonb('estimate').$type<Estimate>(),
    /** Of features that are never at rest alone: what they do, and usually do. */
    usual: jsonb('usual').$type<UsualChange>(),
  },
  (t) => [
    primaryKey({ columns: [t.modelKey, t.seq, t.kind, t.unit] }),
    index('evidence_model_at').on(t.modelKey, t.at),
  ],
)

/** Where each source of a model stands now. */
export const sourceStanding = pgTable(
  'source_standing',
  {
    modelKey: integer('model_key')
      .notNull()
      .references(() => model.key),
    origin: text('origin').notNull(),
    originKind: text('origin_kind').notNull(),
    seq: bigint('seq', { mode: 'number' }).notNull(),
    at: timestamp('at', { withTimezone: true }).notNull(),
    rows: bigint('rows', { mode: 'number' }).notNull(),
    disagreements: bigint('disagreements', { mode: 'number' }).notNull(),
    expected: doublePrecision('expected').notNull(),
    logE: doublePrecision('log_e').notNull(),
    threshold: doublePrecision('threshold').notNull(),
    state: text('state').$type<'learning' | 'ok' | 'watch' | 'poisoning'>().notNull(),
    /** What its rows did to the loss on trusted rows, and could have done at the worst; null where that is not known. */
    influence: doublePrecision('influence'),
    reach: doublePrecision('reach'),
    /** The model without its rows, the last time that was worked out, and when. */
    counterfactual: jsonb('counterfactual').$type<Counterfactual>(),
    counterfactualSeq: bigint('counterfactual_seq', { mode: 'number' }),
  },
  (t) => [primaryKey({ columns: [t.modelKey, t.origin] })],
)
