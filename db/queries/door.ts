import { appendInbox, appendRefused } from '@/db/queries/inbox'
import type { Rows } from '@/db/tx'

/** What comes in over HTTP. */
export const doorQueries = (db: Rows) => ({
  /** Where there is no broker: for the worker to read. */
  append: (values: readonly Buffer[]) => appendInbox(db, values),
  /** Refused at the door: dead letters. */
  refuse: (refused: readonly { readonly bytes: Buffer; readonly reason: string }[]) => appendRefused(db, refused),
})
