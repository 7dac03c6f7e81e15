import { and, desc, eq, getTableColumns, inArray, lt, or, sql } from 'drizzle-orm'
import type { Cursor } from '@/db/queries/cursor'
import { alert, type IncidentState, incident, model, task } from '@/db/schema'
import type { Rows } from '@/db/tx'

const columns = {
  ...getTableColumns(incident),
  model: model.id,
  alerts: sql<number>`(select count(*)::int from ${alert} where ${alert.incidentId} = ${incident.id})`,
  tasks: sql<number>`(select count(*)::int from ${task} where ${task.incidentId} = ${incident.id})`,
  tasksDone: sql<number>`(select count(*)::int from ${task} where ${task.incidentId} = ${incident.id} and ${task.state} in ('done', 'skipped'))`,
}

export interface IncidentFilter {
  readonly states?: readonly IncidentState[]
  readonly model?: string
  /** Model ids that the reader may see; null: all. */
  readonly models: readonly string[] | null
}

export const incidentQueries = (db: Rows) => {
  const joined = () => db.select(columns).from(incident).innerJoin(model, eq(model.key, incident.modelKey))
  return {
    /** @returns false when an incident of this id is there already. */
    async open(row: Omit<typeof incident.$inferInsert, 'number'>): Promise<boolean> {
      const rows = await db.insert(incident).values(row).onConflictDoNothing().returning({ id: incident.id })
      return rows.length > 0
    },

    /** Held until the transaction ends. Index: primary key. */
    async lock(id: string) {
      const [row] = await db.select().from(incident).where(eq(incident.id, id)).for('update')
      return row ?? null
    },

    async update(id: string, change: Partial<typeof incident.$inferInsert>): Promise<void> {
      await db.update(incident).set(change).where(eq(incident.id, id))
    },

    /** Changes it only if it is still in this state. @returns whether it was. */
    async updateIf(id: string, seen: IncidentState, change: Partial<typeof incident.$inferInsert>): Promise<boolean> {
      const rows = await db
        .update(incident)
        .set(change)
        .where(and(eq(incident.id, id), eq(incident.state, seen)))
        .returning({ id: incident.id })
      return rows.length > 0
    },

    /** Index: primary key. */
    async byId(id: string) {
      const [row] = await joined().where(eq(incident.id, id))
      return row ?? null
    },

    /** Newest first. Index: incident_state_opened. */
    async page(filter: IncidentFilter, limit: number, after: Cursor | null) {
      return joined()
        .where(
          and(
            filter.states ? inArray(incident.state, [...filter.states]) : undefined,
            filter.model === undefined ? undefined : eq(model.id, filter.model),
            filter.models ? inArray(model.id, [...filter.models]) : undefined,
            after
              ? or(lt(incident.openedAt, after.at), and(eq(incident.openedAt, after.at), lt(incident.id, after.id)))
              : undefined,
          ),
        )
        .orderBy(desc(incident.openedAt), desc(incident.id))
        .limit(limit)
    },

    /** Open incidents by model. Index: incident_state_opened. */
    async openCounts(modelKeys: readonly number[]): Promise<Map<number, number>> {
      if (modelKeys.length === 0) return new Map()
      const rows = await db
        .select({ modelKey: incident.modelKey, count: sql<number>`count(*)::int` })
        .from(incident)
        .where(and(eq(incident.state, 'open'), inArray(incident.modelKey, [...modelKeys])))
        .groupBy(incident.modelKey)
      return new Map(rows.map((row) => [row.modelKey, row.count]))
    },
  }
}
