import { eventsById } from '@/db/queries/events'
import type { Rows } from '@/db/tx'

export const recordQueries = (db: Rows) => ({
  /** Stored events of a model by their ids, in no order. */
  byIds: (model: { key: number; id: string }, ids: readonly string[]) => eventsById(db, model, ids),
})
