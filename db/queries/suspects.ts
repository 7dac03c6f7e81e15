import { and, desc, eq, sql } from 'drizzle-orm'
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

  /** How many are kept, by origin. Index: suspect_row_origin. */
  async counts(modelKey: number): Promise<ReadonlyMap<string, number>> {
    const rows = await db
      .select({ origin: suspectRow.origin, count: sql<number>`count(*)::int` })
      .from(suspectRow)
      .where(eq(suspectRow.modelKey, modelKey))
      .groupBy(suspectRow.origin)
    return new Map(rows.flatMap(({ origin, count }) => (origin === null ? [] : [[origin, count] as const])))
  },
})
