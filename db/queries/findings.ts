import { finding } from '@/db/schema'
import type { Rows } from '@/db/tx'
import type { Finding } from '@/lib/alert/finding'

export const findingQueries = (db: Rows) => ({
  /** @returns false when it is there already: it was raised before. */
  async insert(body: Finding, at: { seq: number; modelKey: number; now: Date }): Promise<boolean> {
    const rows = await db
      .insert(finding)
      .values({ id: body.id, modelKey: at.modelKey, seq: at.seq, body, createdAt: at.now })
      .onConflictDoNothing()
      .returning({ id: finding.id })
    return rows.length > 0
  },
})
