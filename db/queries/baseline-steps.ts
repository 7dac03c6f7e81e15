import { and, asc, between, eq, inArray, isNotNull, isNull, or } from 'drizzle-orm'
import type { Db } from '@/db/client'
import { baselineDecision } from '@/db/schema'
import type { Subject } from '@/lib/alert/finding'

/** What a monitor does between two events because someone decided it. */
export interface BaselineStep {
  readonly id: string
  readonly modelKey: number
  readonly subject: Subject
  /** The stretch of event time that becomes the whole model's baseline; null: the level of the subject alone does. */
  readonly range: { readonly from: Date; readonly to: Date } | null
  readonly what: 'adopt' | 'withdraw'
  /** Sequence number of the event before which it counts; null: not taken on yet. */
  readonly seq: number | null
}

type Row = typeof baselineDecision.$inferSelect

/** Decisions that no monitor has taken on yet, in the order in which they were made. Index: baseline_decision_pending. */
export async function pendingSteps(db: Pick<Db, 'select'>, modelKeys: readonly number[]): Promise<BaselineStep[]> {
  if (modelKeys.length === 0) return []
  const rows = await db
    .select()
    .from(baselineDecision)
    .where(
      and(
        inArray(baselineDecision.modelKey, [...modelKeys]),
        or(
          isNull(baselineDecision.appliedSeq),
          and(isNotNull(baselineDecision.withdrawnAt), isNull(baselineDecision.withdrawnAppliedSeq)),
        ),
      ),
    )
    .orderBy(asc(baselineDecision.decidedAt))
  return rows.flatMap(stepsOf).filter((step) => step.seq === null)
}

/** Steps that were taken before events [from, to], in their order: a monitor that sees these events again takes them again. Index: baseline_decision_model. */
export async function stepsBetween(
  db: Pick<Db, 'select'>,
  modelKey: number,
  from: number,
  to: number,
): Promise<(BaselineStep & { readonly seq: number })[]> {
  const rows = await db
    .select()
    .from(baselineDecision)
    .where(
      and(
        eq(baselineDecision.modelKey, modelKey),
        or(between(baselineDecision.appliedSeq, from, to), between(baselineDecision.withdrawnAppliedSeq, from, to)),
      ),
    )
    .orderBy(asc(baselineDecision.decidedAt))
  return rows
    .flatMap(stepsOf)
    .filter((step): step is BaselineStep & { seq: number } => step.seq !== null && step.seq >= from && step.seq <= to)
    .sort((a, b) => a.seq - b.seq)
}

export async function markStep(db: Pick<Db, 'update'>, step: BaselineStep, seq: number): Promise<void> {
  const set = step.what === 'adopt' ? { appliedSeq: seq } : { withdrawnAppliedSeq: seq }
  await db.update(baselineDecision).set(set).where(eq(baselineDecision.id, step.id))
}

function stepsOf(row: Row): BaselineStep[] {
  const { id, modelKey, subject, appliedSeq, withdrawnAt, withdrawnAppliedSeq } = row
  const range = row.what === 'range' ? { from: row.fromAt, to: row.toAt } : null
  const adopted = { id, modelKey, subject, range, what: 'adopt' as const, seq: appliedSeq }
  return withdrawnAt ? [adopted, { ...adopted, what: 'withdraw', seq: withdrawnAppliedSeq }] : [adopted]
}
