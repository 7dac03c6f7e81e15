import { bigint, index, integer, jsonb, pgTable, text, timestamp } from 'drizzle-orm/pg-core'
import type { Severity, Verdict } from '@/lib/alert/finding'
import { model } from './model'

export const incidentStates = ['open', 'resolved'] as const
export type IncidentState = (typeof incidentStates)[number]
/** What it turned out to be, in the words of who closed it. It tunes nothing: feedback can be an attack too. */
export const incidentResolutions = ['real', 'false-alarm'] as const
export type IncidentResolution = (typeof incidentResolutions)[number]

/** One cause: the alerts that share it, its timeline and its tasks. The id comes from the findings, so it is deterministic. */
export const incident = pgTable(
  'incident',
  {
    id: text('id').primaryKey(),
    /** Short number for people. */
    number: integer('number').notNull().unique().generatedAlwaysAsIdentity(),
    modelKey: integer('model_key')
      .notNull()
      .references(() => model.key),
    title: text('title').notNull(),
    state: text('state').$type<IncidentState>().notNull().default('open'),
    severity: text('severity').$type<Severity>().notNull(),
    verdict: text('verdict').$type<Verdict>().notNull(),
    onsetAt: timestamp('onset_at', { withTimezone: true }).notNull(),
    openedAt: timestamp('opened_at', { withTimezone: true }).notNull(),
    resolvedAt: timestamp('resolved_at', { withTimezone: true }),
    /** Null: open, or closed without saying. */
    resolution: text('resolution').$type<IncidentResolution>(),
    playbook: text('playbook'),
  },
  (t) => [index('incident_state_opened').on(t.state, t.openedAt)],
)

/** Append-only: what happened in an incident, by whom; event time beside ingest time. */
export const timeline = pgTable(
  'timeline',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    incidentId: text('incident_id')
      .notNull()
      .references(() => incident.id),
    at: timestamp('at', { withTimezone: true }).notNull(),
    eventAt: timestamp('event_at', { withTimezone: true }),
    /** Such as `alert.raised`, `task.completed`, `note`. */
    kind: text('kind').notNull(),
    actor: text('actor').notNull(),
    body: jsonb('body').$type<Record<string, unknown>>().notNull(),
  },
  (t) => [index('timeline_incident').on(t.incidentId, t.id)],
)

export const taskStates = ['todo', 'doing', 'done', 'skipped'] as const
export type TaskState = (typeof taskStates)[number]

/** A step of a playbook, worked on the incident's page. */
export const task = pgTable(
  'task',
  {
    id: text('id').primaryKey(),
    incidentId: text('incident_id')
      .notNull()
      .references(() => incident.id),
    /** Playbook and step it came from: `label-flips/quarantine`. */
    step: text('step').notNull(),
    phase: text('phase').notNull(),
    title: text('title').notNull(),
    guidance: text('guidance').notNull(),
    position: integer('position').notNull(),
    state: text('state').$type<TaskState>().notNull().default('todo'),
    owner: text('owner'),
    dueAt: timestamp('due_at', { withTimezone: true }).notNull(),
    /** What proves that it was done, in the words of who did it. */
    evidence: text('evidence'),
    completedAt: timestamp('completed_at', { withTimezone: true }),
    updatedAt: timestamp('updated_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [index('task_incident').on(t.incidentId, t.position), index('task_state_due').on(t.state, t.dueAt)],
)
