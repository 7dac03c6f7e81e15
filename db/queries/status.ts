import { desc, eq, inArray, sql } from 'drizzle-orm'
import { alert, deadLetter, incident, ingestOffset, model, workerHeartbeat } from '@/db/schema'
import type { Rows } from '@/db/tx'

export const statusQueries = (db: Rows) => ({
  /** Where each partition is read on from. */
  async offsets() {
    return db.select().from(ingestOffset).orderBy(ingestOffset.topic, ingestOffset.partition).limit(1000)
  },

  async accepted(models: readonly string[] | null): Promise<number> {
    const [row] = await db
      .select({ events: sql<number>`coalesce(sum(${model.nextSeq}), 0)::float8` })
      .from(model)
      .where(models ? inArray(model.id, [...models]) : undefined)
    return row?.events ?? 0
  },

  async deadLetterCount(): Promise<number> {
    const [row] = await db.select({ count: sql<number>`count(*)::float8` }).from(deadLetter)
    return row?.count ?? 0
  },

  /** Newest first, with the first bytes of each. Index: dead_letter_at. */
  async latestDeadLetters(limit: number) {
    return db
      .select({
        topic: deadLetter.topic,
        partition: deadLetter.partition,
        offset: deadLetter.offset,
        reason: deadLetter.reason,
        size: deadLetter.size,
        at: deadLetter.at,
        head: sql<Buffer>`substring(${deadLetter.bytes} from 1 for 400)`,
      })
      .from(deadLetter)
      .orderBy(desc(deadLetter.at))
      .limit(limit)
  },

  /** Index: alert_state_created. */
  async openAlerts() {
    return db
      .select({ kind: alert.kind, count: sql<number>`count(*)::int` })
      .from(alert)
      .where(inArray(alert.state, ['firing', 'acknowledged', 'snoozed']))
      .groupBy(alert.kind)
  },

  /** Index: incident_state_opened. */
  async openIncidents(): Promise<number> {
    const [row] = await db
      .select({ count: sql<number>`count(*)::int` })
      .from(incident)
      .where(eq(incident.state, 'open'))
    return row?.count ?? 0
  },

  /** The latest sign of life of any worker; null: none ever. */
  async lastHeartbeat(): Promise<Date | null> {
    const [row] = await db
      .select({ at: workerHeartbeat.at })
      .from(workerHeartbeat)
      .orderBy(desc(workerHeartbeat.at))
      .limit(1)
    return row?.at ?? null
  },

  /** `when` of the newest migration that was applied. */
  async migration(): Promise<number> {
    const [row] = await db.execute<{ at: string | null }>(
      sql`select max(created_at)::text as at from drizzle.__drizzle_migrations`,
    )
    return Number(row?.at ?? 0)
  },
})
