import type { incidentQueries } from '@/db/queries/incidents'
import type { TimelineRow } from '@/db/queries/timeline'
import type { IncidentItem, TimelineEntry } from '@/lib/view/incident'
import { timelineText } from './timeline-text'

export type IncidentRow = NonNullable<Awaited<ReturnType<ReturnType<typeof incidentQueries>['byId']>>>

export const toIncidentItem = (row: IncidentRow): IncidentItem => ({
  id: row.id,
  number: row.number,
  title: row.title,
  model: row.model,
  state: row.state,
  severity: row.severity,
  verdict: row.verdict,
  onsetAt: row.onsetAt.toISOString(),
  openedAt: row.openedAt.toISOString(),
  resolvedAt: row.resolvedAt?.toISOString() ?? null,
  resolution: row.resolution,
  alerts: row.alerts,
  tasksDone: row.tasksDone,
  tasks: row.tasks,
  playbook: row.playbook,
})

export const toEntry = (row: TimelineRow): TimelineEntry => ({
  id: row.id,
  at: row.at.toISOString(),
  eventAt: row.eventAt?.toISOString() ?? null,
  kind: row.kind,
  actor: row.actor,
  text: timelineText(row.kind, row.body),
})
