import { sql } from 'drizzle-orm'
import type { Rows } from '@/db/tx'

/** Channel of the invalidation hints: what changed, never the change itself. */
export const hintChannel = 'assay'

export type HintTopic = 'models' | 'alerts' | 'incidents' | 'tasks' | 'evidence' | 'sources' | 'ingest'

export const notifyQueries = (db: Rows) => ({
  /** Sent when the transaction commits. `model` null: of no model. */
  async changed(model: string | null, what: readonly HintTopic[]): Promise<void> {
    await db.execute(sql`select pg_notify(${hintChannel}, ${JSON.stringify({ model, what })})`)
  },
})
