import { and, asc, between, desc, eq, inArray, isNull, lte } from 'drizzle-orm'
import type { Db } from '@/db/client'
import { goldenSet } from '@/db/schema'
import type { GoldenRow } from '@/lib/detect/detector'
import { unpackRows } from '@/lib/golden/stored'

/** A trusted set that a monitor takes on between two events. */
export interface GoldenStep {
  readonly id: string
  readonly modelKey: number
  readonly rows: readonly GoldenRow[]
  /** Sequence number of the event before which it counts; null: not taken on yet. */
  readonly seq: number | null
}

const step = (row: typeof goldenSet.$inferSelect): GoldenStep => ({
  id: row.id,
  modelKey: row.modelKey,
  rows: unpackRows(row.rows),
  seq: row.appliedSeq,
})

/** Approved sets that no monitor has taken on yet, in the order in which they were approved. Index: golden_set_pending. */
export async function pendingGolden(db: Pick<Db, 'select'>, modelKeys: readonly number[]): Promise<GoldenStep[]> {
  if (modelKeys.length === 0) return []
  const rows = await db
    .select()
    .from(goldenSet)
    .where(
      and(inArray(goldenSet.modelKey, [...modelKeys]), eq(goldenSet.state, 'approved'), isNull(goldenSet.appliedSeq)),
    )
    .orderBy(asc(goldenSet.decidedAt))
  return rows.map(step)
}

/** Those that were taken on before events (from, to], in their order. Index: golden_set_model. */
export async function goldenBetween(
  db: Pick<Db, 'select'>,
  modelKey: number,
  from: number,
  to: number,
): Promise<(GoldenStep & { readonly seq: number })[]> {
  const rows = await db
    .select()
    .from(goldenSet)
    .where(and(eq(goldenSet.modelKey, modelKey), between(goldenSet.appliedSeq, from, to)))
    .orderBy(asc(goldenSet.appliedSeq), asc(goldenSet.decidedAt))
  return rows.map(step).filter((s): s is GoldenStep & { seq: number } => s.seq !== null)
}

/** The rows that counted at an event. Index: golden_set_model. */
export async function goldenAt(db: Pick<Db, 'select'>, modelKey: number, seq: number): Promise<readonly GoldenRow[]> {
  const [row] = await db
    .select()
    .from(goldenSet)
    .where(and(eq(goldenSet.modelKey, modelKey), lte(goldenSet.appliedSeq, seq)))
    .orderBy(desc(goldenSet.appliedSeq), desc(goldenSet.decidedAt))
    .limit(1)
  return row ? unpackRows(row.rows) : []
}

export async function markGolden(db: Pick<Db, 'update'>, id: string, seq: number): Promise<void> {
  await db.update(goldenSet).set({ appliedSeq: seq }).where(eq(goldenSet.id, id))
}
