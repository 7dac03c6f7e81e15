import { and, asc, desc, eq, isNull, lt } from 'drizzle-orm'
import { baselineDecision, incident } from '@/db/schema'
import type { Rows } from '@/db/tx'

export type BaselineDecisionRow = typeof baselineDecision.$inferSelect

const shown = 100

export const baselineDecisionQueries = (db: Rows) => ({
  async insert(row: typeof baselineDecision.$inferInsert): Promise<void> {
    await db.insert(baselineDecision).values(row)
  },

  /** Index: primary key. */
  async byId(id: string): Promise<BaselineDecisionRow | null> {
    const [row] = await db.select().from(baselineDecision).where(eq(baselineDecision.id, id))
    return row ?? null
  },

  /** Newest first. Index: baseline_decision_model. */
  async of(modelKey: number): Promise<BaselineDecisionRow[]> {
    return db
      .select()
      .from(baselineDecision)
      .where(eq(baselineDecision.modelKey, modelKey))
      .orderBy(desc(baselineDecision.seq), desc(baselineDecision.decidedAt))
      .limit(shown)
  },

  /** The one that stands for an alert. Index: baseline_decision_alert. */
  async standingFor(alertId: string): Promise<BaselineDecisionRow | null> {
    const [row] = await db
      .select()
      .from(baselineDecision)
      .where(and(eq(baselineDecision.alertId, alertId), isNull(baselineDecision.withdrawnAt)))
      .limit(1)
    return row ?? null
  },

  /** Only if it still stands. @returns whether it did. */
  async withdraw(id: string, by: string, at: Date, seq: number): Promise<boolean> {
    const rows = await db
      .update(baselineDecision)
      .set({ withdrawnBy: by, withdrawnAt: at, withdrawnSeq: seq })
      .where(and(eq(baselineDecision.id, id), isNull(baselineDecision.withdrawnAt)))
      .returning({ id: baselineDecision.id })
    return rows.length > 0
  },

  /** Open incidents of a model that began before this event time.  Index: incident_state_opened. */
  async openIncidentsBefore(modelKey: number, before: Date) {
    return db
      .select({ id: incident.id, number: incident.number, title: incident.title })
      .from(incident)
      .where(and(eq(incident.state, 'open'), eq(incident.modelKey, modelKey), lt(incident.onsetAt, before)))
      .orderBy(asc(incident.number))
      .limit(10)
  },
})
