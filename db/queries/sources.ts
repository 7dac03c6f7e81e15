import { desc, eq, sql } from 'drizzle-orm'
import { sourceStanding } from '@/db/schema'
import type { Rows } from '@/db/tx'

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
})
