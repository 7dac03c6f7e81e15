import { and, eq, isNull, lt, or } from 'drizzle-orm'
import { apiToken } from '@/db/schema'
import type { Rows } from '@/db/tx'

export type TokenRow = typeof apiToken.$inferSelect

export const tokenQueries = (db: Rows) => ({
  async insert(row: typeof apiToken.$inferInsert): Promise<void> {
    await db.insert(apiToken).values(row)
  },

  /** Index: api_token_hash_unique. */
  async byHash(hash: string): Promise<TokenRow | null> {
    const [row] = await db.select().from(apiToken).where(eq(apiToken.hash, hash))
    return row ?? null
  },

  /** Notes the use, at most once a minute: a busy token must not cost a write a call. */
  async used(id: string, now: Date): Promise<void> {
    const before = new Date(now.getTime() - 60_000)
    await db
      .update(apiToken)
      .set({ lastUsedAt: now })
      .where(and(eq(apiToken.id, id), or(isNull(apiToken.lastUsedAt), lt(apiToken.lastUsedAt, before))))
  },
})
