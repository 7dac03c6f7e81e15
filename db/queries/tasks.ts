import { and, asc, eq, getTableColumns, inArray, or, sql } from 'drizzle-orm'
import type { Cursor } from '@/db/queries/cursor'
import { incident, model, type TaskState, task } from '@/db/schema'
import type { Rows } from '@/db/tx'

export interface TaskFilter {
  readonly states?: readonly TaskState[]
  readonly model?: string
  readonly owner?: string
  readonly incidentId?: string
  /** Model ids that the reader may see; null: all. */
  readonly models: readonly string[] | null
}

const columns = {
  ...getTableColumns(task),
  model: model.id,
  incidentNumber: incident.number,
  modelKey: incident.modelKey,
}

export const taskQueries = (db: Rows) => {
  const joined = () =>
    db
      .select(columns)
      .from(task)
      .innerJoin(incident, eq(incident.id, task.incidentId))
      .innerJoin(model, eq(model.key, incident.modelKey))
  return {
    /** @returns how many were not there before. */
    async insert(rows: (typeof task.$inferInsert)[]): Promise<number> {
      if (rows.length === 0) return 0
      return (await db.insert(task).values(rows).onConflictDoNothing().returning({ id: task.id })).length
    },

    /** Where the next task of an incident goes. Index: task_incident. */
    async nextPosition(incidentId: string): Promise<number> {
      const [row] = await db
        .select({ next: sql<number>`coalesce(max(${task.position}) + 1, 0)::int` })
        .from(task)
        .where(eq(task.incidentId, incidentId))
      return row?.next ?? 0
    },

    /** Index: primary key. */
    async byId(id: string) {
      const [row] = await joined().where(eq(task.id, id))
      return row ?? null
    },

    /** In their order. Index: task_incident. */
    async ofIncident(incidentId: string) {
      return joined().where(eq(task.incidentId, incidentId)).orderBy(asc(task.position), asc(task.id)).limit(500)
    },

    /** Earliest due first. Index: task_state_due. */
    async page(filter: TaskFilter, limit: number, after: Cursor | null) {
      return joined()
        .where(
          and(
            filter.states ? inArray(task.state, [...filter.states]) : undefined,
            filter.model === undefined ? undefined : eq(model.id, filter.model),
            filter.owner === undefined ? undefined : eq(task.owner, filter.owner),
            filter.incidentId === undefined ? undefined : eq(task.incidentId, filter.incidentId),
            filter.models ? inArray(model.id, [...filter.models]) : undefined,
            after
              ? or(
                  sql`${task.dueAt} > ${after.at.toISOString()}`,
                  and(eq(task.dueAt, after.at), sql`${task.id} > ${after.id}`),
                )
              : undefined,
          ),
        )
        .orderBy(asc(task.dueAt), asc(task.id))
        .limit(limit)
    },

    /** Changes it only if it is still in one of these states. @returns whether it was. */
    async updateIf(
      id: string,
      seen: readonly TaskState[],
      change: Partial<typeof task.$inferInsert>,
    ): Promise<boolean> {
      const rows = await db
        .update(task)
        .set(change)
        .where(and(eq(task.id, id), inArray(task.state, [...seen])))
        .returning({ id: task.id })
      return rows.length > 0
    },
  }
}
