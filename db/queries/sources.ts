import { and, asc, desc, eq, sql } from 'drizzle-orm'
import { sourceAudit, sourceStanding } from '@/db/schema'
import type { Rows } from '@/db/tx'

export type SourceStandingRow = typeof sourceStanding.$inferSelect
export type SourceAuditRow = typeof sourceAudit.$inferSelect

/** Audits that trust is worked out from; older ones have faded. */
const mostAudits = 10_000

export const sourceQueries = (db: Rows) => ({
  /** Worst first. Index: primary key (model_key, origin). */
  async of(modelKey: number, limit = 500) {
    return db
      .select()
      .from(sourceStanding)
      .where(eq(sourceStanding.modelKey, modelKey))
      .orderBy(
        desc(sql`(${sourceStanding.state} = 'poisoning')`),
        desc(sql`${sourceStanding.logE} - nullif(${sourceStanding.threshold}, 0)`),
        sourceStanding.origin,
      )
      .limit(limit)
  },

  /** Index: primary key. */
  async byOrigin(modelKey: number, origin: string): Promise<SourceStandingRow | null> {
    const [row] = await db
      .select()
      .from(sourceStanding)
      .where(and(eq(sourceStanding.modelKey, modelKey), eq(sourceStanding.origin, origin)))
    return row ?? null
  },

  /** Training rows of all sources of a model. Index: primary key. */
  async totalRows(modelKey: number): Promise<number> {
    const [row] = await db
      .select({ rows: sql<string>`coalesce(sum(${sourceStanding.rows}), 0)` })
      .from(sourceStanding)
      .where(eq(sourceStanding.modelKey, modelKey))
    return Number(row?.rows ?? 0)
  },

  /** Oldest first, the latest ones. Index: source_audit_model. */
  async audits(modelKey: number): Promise<SourceAuditRow[]> {
    const rows = await db
      .select()
      .from(sourceAudit)
      .where(eq(sourceAudit.modelKey, modelKey))
      .orderBy(desc(sourceAudit.at), desc(sourceAudit.id))
      .limit(mostAudits)
    return rows.reverse()
  },

  /** Oldest first. Index: source_audit_model. */
  async auditsOf(modelKey: number, origin: string): Promise<SourceAuditRow[]> {
    return db
      .select()
      .from(sourceAudit)
      .where(and(eq(sourceAudit.modelKey, modelKey), eq(sourceAudit.origin, origin)))
      .orderBy(asc(sourceAudit.at), asc(sourceAudit.id))
      .limit(mostAudits)
  },

  async addAudit(row: typeof sourceAudit.$inferInsert): Promise<void> {
    await db.insert(sourceAudit).values(row)
  },

  /** Its training rows by window of event time. Index: window_sketch_read. */
  async timeline(modelKey: number, origin: string): Promise<{ at: Date; rows: number }[]> {
    const rows = await db.execute<{ at: string; rows: string }>(
      sql`select window_at as at, sum(rows) as rows from window_sketch
        where model_key = ${modelKey} and stream = 'training' and origin = ${origin} group by 1 order by 1 desc limit 400`,
    )
    return rows.map((row) => ({ at: new Date(row.at), rows: Number(row.rows) })).reverse()
  },
})
