import { and, asc, eq, sql } from 'drizzle-orm'
import { timeline } from '@/db/schema'
import type { Rows } from '@/db/tx'

export type TimelineRow = typeof timeline.$inferSelect

export const timelineQueries = (db: Rows) => ({
  async add(entry: Omit<typeof timeline.$inferInsert, 'id'>): Promise<void> {
    await db.insert(timeline).values(entry)
  },

  /** In the order in which they were written. Index: timeline_incident. */
  async of(incidentId: string, limit = 2000): Promise<TimelineRow[]> {
    return db.select().from(timeline).where(eq(timeline.incidentId, incidentId)).orderBy(asc(timeline.id)).limit(limit)
  },

  /** Whether an entry of this kind, whose body holds all of `body`, is there. Index: timeline_incident. */
  async has(incidentId: string, kind: string, body: Record<string, unknown>): Promise<boolean> {
    const rows = await db
      .select({ id: timeline.id })
      .from(timeline)
      .where(
        and(
          eq(timeline.incidentId, incidentId),
          eq(timeline.kind, kind),
          sql`${timeline.body} @> ${JSON.stringify(body)}::text::jsonb`,
        ),
      )
      .limit(1)
    return rows.length > 0
  },
})
