import { and, desc, eq, inArray, sql } from 'drizzle-orm'
import { suspectRow } from '@/db/schema'
import type { Rows } from '@/db/tx'

export type SuspectRecord = typeof suspectRow.$inferSelect

export const suspectQueries = (db: Rows) => ({
  /** Worst first, beyond a place in that order. Indexes: suspect_row_worst, suspect_row_origin. */
  async worst(
    of: { readonly modelKey: number; readonly origin?: string | null },
    limit: number,
    after: { readonly suspicion: number; readonly seq: number } | null,
  ): Promise<SuspectRecord[]> {
    return db
      .select()
      .from(suspectRow)
      .where(
        and(
          eq(suspectRow.modelKey, of.modelKey),
          of.origin ? eq(suspectRow.origin, of.origin) : undefined,
          after
            ? sql`(${suspectRow.suspicion}, ${suspectRow.seq}) < (${after.suspicion}::real, ${after.seq})`
            : undefined,
        ),
      )
      .orderBy(desc(suspectRow.suspicion), desc(suspectRow.seq))
      .limit(limit)
  },

  /** Suspicion of these rows at their arrival, where it is kept. Index: primary key. */
  async scoresOf(modelKey: number, seqs: readonly number[]): Promise<ReadonlyMap<number, number>> {
    if (seqs.length === 0) return new Map()
    const rows = await db
      .select({ seq: suspectRow.seq, suspicion: suspectRow.suspicion })
      .from(suspectRow)
      .where(and(eq(suspectRow.modelKey, modelKey), inArray(suspectRow.seq, [...seqs])))
    return new Map(rows.map(({ seq, suspicion }) => [seq, suspicion]))
  },
})
