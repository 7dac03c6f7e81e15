import { z } from 'zod'
import { severities, verdicts } from '@/lib/alert/finding'
import type { Dossier } from '@/lib/incident/dossier'
import { phases } from '@/lib/playbook/playbook'
import { taskStates } from '@/lib/task/list'
import type { IncidentDetail, IncidentItem, TaskItem, TimelineEntry } from '@/lib/view/incident'
import type { IngestStatus } from '@/lib/view/ingest'
import { alertItem, strip } from './alert-schemas'
import { named, pageOf, time } from './named'

export const taskItem: z.ZodType<TaskItem> = named(
  'Task',
  z.object({
    id: z.string(),
    incidentId: z.string(),
    incidentNumber: z.number(),
    model: z.string(),
    phase: z.string(),
    title: z.string(),
    guidance: z.string(),
    state: z.enum(taskStates),
    owner: z.string().nullable(),
    dueAt: time,
    evidence: z.string().nullable(),
    completedAt: time.nullable(),
  }),
)
export const taskPage = pageOf('Tasks', taskItem)

const itemFields = {
  id: z.string(),
  number: z.number(),
  title: z.string(),
  model: z.string(),
  state: z.enum(['open', 'resolved']),
  severity: z.enum(severities),
  verdict: z.enum(verdicts),
  onsetAt: time,
  openedAt: time,
  resolvedAt: time.nullable(),
  resolution: z.enum(['real', 'false-alarm']).nullable(),
  alerts: z.number(),
  tasksDone: z.number(),
  tasks: z.number(),
  playbook: z.string().nullable(),
}
const incidentItem: z.ZodType<IncidentItem> = named('Incident', z.object(itemFields))
export const incidentPage = pageOf('Incidents', incidentItem)

const entry: z.ZodType<TimelineEntry> = named(
  'TimelineEntry',
  z.object({
    id: z.number(),
    at: time,
    eventAt: time.nullable(),
    kind: z.string(),
    actor: z.string(),
    text: z.string(),
  }),
)
export const incidentDetail: z.ZodType<IncidentDetail> = named(
  'IncidentDetail',
  z.object({
    ...itemFields,
    alertItems: z.array(alertItem),
    timeline: z.array(entry),
    taskItems: z.array(taskItem),
    strip,
  }),
)

const seconds = z.number().nullable()
export const dossier: z.ZodType<Dossier> = named(
  'Dossier',
  z.object({
    format: z.literal('assay.dossier.v1'),
    incident: z.object(itemFields),
    times: z.object({ onsetToOpenedEventS: seconds, openedToAcknowledgedS: seconds, openedToResolvedS: seconds }),
    alerts: z.array(alertItem),
    tasks: z.array(taskItem),
    timeline: z.array(entry),
  }),
)

const step = z.object({
  id: z.string(),
  phase: z.enum(phases),
  title: z.string(),
  guidance: z.string(),
  dueMinutes: z.number(),
})
export const playbookPage = pageOf(
  'Playbooks',
  z.object({ id: z.string(), title: z.string(), about: z.string(), atlas: z.array(z.string()), steps: z.array(step) }),
)

export const ingestStatus: z.ZodType<IngestStatus> = named(
  'IngestStatus',
  z.object({
    sources: z.array(
      z.object({
        topic: z.string(),
        partition: z.number(),
        next: z.number(),
        owner: z.string().nullable(),
        updatedAt: time,
      }),
    ),
    events: z.number(),
    deadLetters: z.number(),
    latestDeadLetters: z.array(
      z.object({
        topic: z.string(),
        partition: z.number(),
        offset: z.number(),
        reason: z.string(),
        size: z.number(),
        at: time,
        preview: z.string(),
      }),
    ),
    kafka: z.object({ configured: z.boolean(), brokers: z.array(z.string()), note: z.string().nullable() }),
  }),
)
