import type { Db } from '@/db/client'

/**
 * A transaction as verbs see it: the queries, bound to it. `lib` knows the type alone, so its pure folders stay free of IO.
 * Each member is made by a file of db/queries: `alertQueries(db)`, and so on.
 */
export interface Tx {
  readonly db: Db
}
