import {
  bigint,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  timestamp,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import type { AlertKind, Finding, Severity, Subject, Verdict } from '@/lib/alert/finding'
import { incident } from './incident'
import { model } from './model'

/** What a detector raised, as replay would print it. Append-only; the id is deterministic, so what is raised again is the same row. */
export const finding = pgTable(
  'finding',
  {
    id: text('id').primaryKey(),
    modelKey: integer('model_key')
      .notNull()
      .references(() => model.key),
    /** Sequence number, in its model, of the event at which it fired. */
    seq: bigint('seq', { mode: 'number' }).notNull(),
    body: jsonb('body').$type<Finding>().notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [index('finding_model_seq').on(t.modelKey, t.seq)],
)

export const alertStates = ['firing', 'acknowledged', 'snoozed', 'resolved'] as const
export type AlertState = (typeof alertStates)[number]

/** What a person works on: one a finding. Its fingerprint names the same trouble across findings. */
export const alert = pgTable(
  'alert',
  {
    id: text('id').primaryKey(),
    fingerprint: text('fingerprint').notNull(),
    findingId: text('finding_id')
      .notNull()
      .references(() => finding.id),
    incidentId: text('incident_id')
      .notNull()
      .references(() => incident.id),
    modelKey: integer('model_key')
      .notNull()
      .references(() => model.key),
    kind: text('kind').$type<AlertKind>().notNull(),
    state: text('state').$type<AlertState>().notNull().default('firing'),
    severity: text('severity').$type<Severity>().notNull(),
    verdict: text('verdict').$type<Verdict>().notNull(),
    subject: jsonb('subject').$type<Subject>().notNull(),
    why: text('why').notNull(),
    logE: doublePrecision('log_e').notNull(),
    threshold: doublePrecision('threshold').notNull(),
    effect: doublePrecision('effect').notNull(),
    n: bigint('n', { mode: 'number' }).notNull(),
    /** Event time of the first affected event, and of the one at which it fired. */
    onsetAt: timestamp('onset_at', { withTimezone: true }).notNull(),
    firedAt: timestamp('fired_at', { withTimezone: true }).notNull(),
    /** When Assay raised it (ingest time). */
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    owner: text('owner'),
    acknowledgedAt: timestamp('acknowledged_at', { withTimezone: true }),
    snoozedUntil: timestamp('snoozed_until', { withTimezone: true }),
    resolvedAt: timestamp('resolved_at', { withTimezone: true }),
    updatedAt: timestamp('updated_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [
    uniqueIndex('alert_finding').on(t.findingId),
    index('alert_state_created').on(t.state, t.createdAt, t.id),
    index('alert_model_created').on(t.modelKey, t.createdAt, t.id),
    index('alert_incident').on(t.incidentId),
  ],
)
