import { desc, eq, sql } from 'drizzle-orm'
import { triggerStanding } from '@/db/schema'
import type { Rows } from '@/db/tx'

export type TriggerStandingRow = typeof triggerStanding.$inferSelect

const most = 200

export const triggerQueries = (db: Rows) => ({
  /** Confirmed ones first, then by evidence. Index: primary key (model_key, pattern, label). */
  async of(modelKey: number): Promise<TriggerStandingRow[]> {
    return db
      .select()
      .from(triggerStanding)
      .where(eq(triggerStanding.modelKey, modelKey))
      .orderBy(
        desc(sql`(${triggerStanding.state} = 'confirmed')`),
        desc(sql`${triggerStanding.logE} - ${triggerStanding.threshold}`),
        triggerStanding.pattern,
      )
      .limit(most)
  },
})
