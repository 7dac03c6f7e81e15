import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import { event, model } from '@/db/schema'
import type { Rows } from '@/db/tx'
import type { ModelConfig } from '@/lib/monitor/config'

export type ModelRow = typeof model.$inferSelect

/** Events looked back over to tell a rate. */
const rateRows = 10_000
const rateMs = 60_000

export const modelQueries = (db: Rows) => ({
  /** By id, ascending; at most 1,000. Index: model_id_unique. */
  async all(models: readonly string[] | null): Promise<ModelRow[]> {
    return db
      .select()
      .from(model)
      .where(models ? inArray(model.id, [...models]) : undefined)
      .orderBy(asc(model.id))
      .limit(1000)
  },

  /** Index: model_id_unique. */
  async byId(id: string): Promise<ModelRow | null> {
    const [row] = await db.select().from(model).where(eq(model.id, id))
    return row ?? null
  },

  /** Index: primary key. */
  async byKey(key: number): Promise<ModelRow | null> {
    const [row] = await db.select().from(model).where(eq(model.key, key))
    return row ?? null
  },

  /** Writes the configuration of a model, made if it is new; only if it is still `seen` (null: whatever it is). @returns null when it is not. */
  async configure(id: string, config: ModelConfig, seen: ModelConfig | null): Promise<ModelRow | null> {
    const [row] = await db
      .insert(model)
      .values({ id, config, task: config.task ?? null })
      .onConflictDoUpdate({
        target: model.id,
        set: { config, task: config.task ?? sql`${model.task}` },
        ...(seen === null ? {} : { setWhere: sql`${model.config} = ${JSON.stringify(seen)}::text::jsonb` }),
      })
      .returning()
    return row ?? null
  },

  /** Events a second over the last minute of arrival. Indexes: event_seq (BRIN), and the days of the partitions. */
  async eventsPerSecond(row: ModelRow, now: Date): Promise<number> {
    const from = new Date(now.getTime() - rateMs)
    if (!row.lastIngestedAt || row.lastIngestedAt < from) return 0
    const [seen] = await db
      .select({ count: sql<number>`count(*)::int`, first: sql<string | null>`min(${event.ingestedAt})` })
      .from(event)
      .where(
        and(
          eq(event.modelKey, row.key),
          sql`${event.seq} >= ${row.nextSeq - rateRows}`,
          sql`${event.ingestedAt} >= ${from.toISOString()}`,
        ),
      )
    if (!seen?.first || seen.count === 0) return 0
    // Only so many events are looked at: where they do not fill the minute, they tell the rate of the time that they took.
    const spanMs = seen.count >= rateRows ? now.getTime() - new Date(seen.first).getTime() : rateMs
    return (seen.count * 1000) / Math.max(1000, spanMs)
  },
})
