import { and, asc, desc, eq, getTableColumns, gte, lt, lte, sql } from 'drizzle-orm'
import { alert, backtest, incident } from '@/db/schema'
import type { Rows } from '@/db/tx'

export type BacktestRow = typeof backtest.$inferSelect

const shown = 20
const maxLive = 1000

export const backtestQueries = (db: Rows) => ({
  /** @returns false when another one of this model is running. Index: backtest_one_running. */
  async start(row: typeof backtest.$inferInsert): Promise<boolean> {
    const rows = await db.insert(backtest).values(row).onConflictDoNothing().returning({ id: backtest.id })
    return rows.length > 0
  },

  /** Index: primary key. */
  async byId(id: string): Promise<BacktestRow | null> {
    const [row] = await db.select().from(backtest).where(eq(backtest.id, id))
    return row ?? null
  },

  /** The latest runs of a model, newest first, without what they came to. Index: backtest_model_started. */
  async latest(modelKey: number) {
    const { result: _, ...columns } = getTableColumns(backtest)
    return db
      .select({
        ...columns,
        alarms: sql<number | null>`(${backtest.result}->>'alarms')::int`,
        incidents: sql<number | null>`(${backtest.result}->>'incidents')::int`,
      })
      .from(backtest)
      .where(eq(backtest.modelKey, modelKey))
      .orderBy(desc(backtest.startedAt), desc(backtest.id))
      .limit(shown)
  },

  /** Writes what is known now, only while it still runs. @returns whether it does. */
  async updateIfRunning(id: string, change: Partial<typeof backtest.$inferInsert>): Promise<boolean> {
    const rows = await db
      .update(backtest)
      .set(change)
      .where(and(eq(backtest.id, id), eq(backtest.state, 'running')))
      .returning({ id: backtest.id })
    return rows.length > 0
  },

  /** Runs whose process has not been heard of since then have ended with it. Index: backtest_one_running. */
  async bury(modelKey: number, heardBefore: Date, now: Date): Promise<void> {
    await db
      .update(backtest)
      .set({ state: 'failed', error: 'the process that ran it ended before it did; start it again', endedAt: now })
      .where(and(eq(backtest.modelKey, modelKey), eq(backtest.state, 'running'), lt(backtest.heardAt, heardBefore)))
  },

  /** What live raised in a stretch of event time, and what its incident turned out to be. Index: alert_model_created. */
  async raisedLive(modelKey: number, from: Date, to: Date) {
    return db
      .select({
        alertId: alert.id,
        findingId: alert.findingId,
        fingerprint: alert.fingerprint,
        kind: alert.kind,
        severity: alert.severity,
        subject: alert.subject,
        why: alert.why,
        onsetAt: alert.onsetAt,
        firedAt: alert.firedAt,
        incidentId: alert.incidentId,
        resolution: incident.resolution,
      })
      .from(alert)
      .innerJoin(incident, eq(incident.id, alert.incidentId))
      .where(and(eq(alert.modelKey, modelKey), gte(alert.firedAt, from), lte(alert.firedAt, to)))
      .orderBy(asc(alert.firedAt), asc(alert.id))
      .limit(maxLive)
  },
})
