import { audit } from '@/db/schema'
import type { Rows } from '@/db/tx'

export const auditQueries = (db: Rows) => ({
  async write(entry: Omit<typeof audit.$inferInsert, 'id'>): Promise<void> {
    await db.insert(audit).values(entry)
  },
})
