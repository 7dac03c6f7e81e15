import { and, desc, eq, getTableColumns, gte, inArray, like, lt, lte, or, sql } from 'drizzle-orm'
import type { Cursor } from '@/db/queries/cursor'
import { type AlertState, alert, finding, incident, model } from '@/db/schema'
import type { Rows } from '@/db/tx'
import type { Comparison, Verdict } from '@/lib/alert/finding'
import type { Counterfactual } from '@/lib/learn/influence/counterfactual'

export type AlertRow = typeof alert.$inferSelect & {
  model: string
  incidentNumber: number
  effectUnit: string
  test: string
  comparison: Comparison | null
  counterfactual: Counterfactual | null
}

export interface AlertFilter {
  readonly states?: readonly AlertState[]
  readonly model?: string
  /** Whole kinds, or families such as `poison`. */
  readonly kinds?: readonly string[]
  readonly incidentId?: string
  /** Model ids that the reader may see; null: all. */
  readonly models: readonly string[] | null
}

const columns = {
  ...getTableColumns(alert),
  model: model.id,
  incidentNumber: incident.number,
  effectUnit: sql<string>`coalesce(${finding.body}->>'effectUnit', '')`,
  test: sql<string>`coalesce(${finding.body}->>'test', '')`,
}

export const alertQueries = (db: Rows) => {
  const joined = <C extends object>(picked: C) =>
    db
      .select(picked as typeof columns & C)
      .from(alert)
      .innerJoin(model, eq(model.key, alert.modelKey))
      .innerJoin(incident, eq(incident.id, alert.incidentId))
      .innerJoin(finding, eq(finding.id, alert.findingId))

  return {
    async insert(row: typeof alert.$inferInsert): Promise<void> {
      await db.insert(alert).values(row)
    },

    /** Newest first. Index: alert_state_created, or alert_model_created where a model is named. */
    async page(filter: AlertFilter, limit: number, after: Cursor | null): Promise<AlertRow[]> {
      const rows = await joined(columns)
        .where(
          and(
            filter.states ? inArray(alert.state, [...filter.states]) : undefined,
            filter.model === undefined ? undefined : eq(model.id, filter.model),
            filter.kinds
              ? or(
                  ...filter.kinds.map((k) =>
                    k.includes('.') ? eq(sql`${alert.kind}`, k) : like(alert.kind, `${k}.%`),
                  ),
                )
              : undefined,
            filter.incidentId === undefined ? undefined : eq(alert.incidentId, filter.incidentId),
            filter.models ? inArray(model.id, [...filter.models]) : undefined,
            after
              ? or(lt(alert.createdAt, after.at), and(eq(alert.createdAt, after.at), lt(alert.id, after.id)))
              : undefined,
          ),
        )
        .orderBy(desc(alert.createdAt), desc(alert.id))
        .limit(limit)
      return rows.map((row) => ({ ...row, comparison: null, counterfactual: null }))
    },

    /** Index: primary key. */
    async byId(id: string): Promise<AlertRow | null> {
      const withComparison = {
        ...columns,
        comparison: sql<Comparison | null>`${finding.body}->'comparison'`,
        counterfactual: sql<Counterfactual | null>`${finding.body}->'counterfactual'`,
      }
      const [row] = await joined(withComparison).where(eq(alert.id, id))
      return row ?? null
    },

    /** Of one model in a stretch of event time, for the marks of its strips. Index: alert_model_created. */
    async firedBetween(modelKeys: readonly number[], from: Date, to: Date) {
      if (modelKeys.length === 0) return []
      return db
        .select({
          id: alert.id,
          modelKey: alert.modelKey,
          kind: alert.kind,
          severity: alert.severity,
          subject: alert.subject,
          logE: alert.logE,
          threshold: alert.threshold,
          effect: alert.effect,
          onsetAt: alert.onsetAt,
          firedAt: alert.firedAt,
          findingId: alert.findingId,
        })
        .from(alert)
        .where(and(inArray(alert.modelKey, [...modelKeys]), gte(alert.firedAt, from), lte(alert.firedAt, to)))
        .orderBy(desc(alert.createdAt))
        .limit(200)
    },

    /** Alerts about features that fired before this time of events, in order; the latest 500. Index: alert_model_created. */
    async ofFeatures(modelKey: number, before: Date) {
      const rows = await db
        .select({
          id: alert.id,
          kind: alert.kind,
          state: alert.state,
          subject: alert.subject,
          verdict: alert.verdict,
          onsetAt: alert.onsetAt,
          firedAt: alert.firedAt,
        })
        .from(alert)
        .where(
          and(
            eq(alert.modelKey, modelKey),
            lt(alert.firedAt, before),
            sql`${alert.subject} ?| array['feature', 'features']`,
          ),
        )
        .orderBy(desc(alert.createdAt))
        .limit(500)
      return rows.sort((a, b) => a.firedAt.getTime() - b.firedAt.getTime())
    },

    /** What is not resolved, worst families first left to the caller. Index: alert_model_created. */
    async open(modelKeys: readonly number[]) {
      if (modelKeys.length === 0) return []
      return db
        .select({
          id: alert.id,
          modelKey: alert.modelKey,
          kind: alert.kind,
          state: alert.state,
          severity: alert.severity,
          why: alert.why,
          incidentId: alert.incidentId,
          firedAt: alert.firedAt,
          subject: alert.subject,
        })
        .from(alert)
        .where(
          and(inArray(alert.modelKey, [...modelKeys]), inArray(alert.state, ['firing', 'acknowledged', 'snoozed'])),
        )
        .orderBy(desc(alert.createdAt))
        .limit(2000)
    },

    /** Changes it only if it is still in one of these states. @returns whether it was. */
    async updateIf(
      id: string,
      seen: readonly AlertState[],
      change: Partial<typeof alert.$inferInsert>,
    ): Promise<boolean> {
      const rows = await db
        .update(alert)
        .set(change)
        .where(and(eq(alert.id, id), inArray(alert.state, [...seen])))
        .returning({ id: alert.id })
      return rows.length > 0
    },

    /** Whatever its state. */
    async setVerdict(id: string, verdict: Verdict, why: string, now: Date): Promise<void> {
      await db.update(alert).set({ verdict, why, updatedAt: now }).where(eq(alert.id, id))
    },

    /** Index: alert_finding. */
    async byFinding(findingId: string) {
      const [row] = await db.select().from(alert).where(eq(alert.findingId, findingId))
      return row ?? null
    },

    /** Index: alert_state_created. */
    async someToWake(now: Date): Promise<boolean> {
      const over = and(eq(alert.state, 'snoozed'), lte(alert.snoozedUntil, now))
      return (await db.select({ id: alert.id }).from(alert).where(over).limit(1)).length > 0
    },

    /** Snoozed alerts whose time is over fire again. Index: alert_state_created. */
    async wake(now: Date) {
      return db
        .update(alert)
        .set({ state: 'firing', snoozedUntil: null, updatedAt: now })
        .where(and(eq(alert.state, 'snoozed'), lte(alert.snoozedUntil, now)))
        .returning({ id: alert.id, incidentId: alert.incidentId, kind: alert.kind })
    },

    /** Those of an incident that are not resolved yet become so. @returns which. Index: alert_incident. */
    async resolveOf(incidentId: string, now: Date) {
      return db
        .update(alert)
        .set({ state: 'resolved', resolvedAt: now, snoozedUntil: null, updatedAt: now })
        .where(and(eq(alert.incidentId, incidentId), inArray(alert.state, ['firing', 'acknowledged', 'snoozed'])))
        .returning({ id: alert.id, kind: alert.kind })
    },
  }
}
