import type { taskQueries } from '@/db/queries/tasks'
import type { TaskItem } from '@/lib/view/incident'

export type TaskRow = NonNullable<Awaited<ReturnType<ReturnType<typeof taskQueries>['byId']>>>

export const toTaskItem = (row: TaskRow): TaskItem => ({
  id: row.id,
  incidentId: row.incidentId,
  incidentNumber: row.incidentNumber,
  model: row.model,
  phase: row.phase,
  title: row.title,
  guidance: row.guidance,
  state: row.state,
  owner: row.owner,
  dueAt: row.dueAt.toISOString(),
  evidence: row.evidence,
  completedAt: row.completedAt?.toISOString() ?? null,
})
