import { sql } from 'drizzle-orm'
import { identityHash } from '@/db/identity'
import type { Rows } from '@/db/tx'

export const identityQueries = (db: Rows) => ({
  /** Which of these events are stored already, by their place in the list. Index: primary key of event_key. */
  async stored(ids: readonly { readonly source: string; readonly id: string }[]): Promise<Set<number>> {
    if (ids.length === 0) return new Set()
    const hashes = ids.map(({ source, id }) => identityHash(source, id))
    const rows = await db.execute<{ place: number }>(
      sql`select (h.place - 1)::int as place from unnest(${`{${hashes.join(',')}}`}::uuid[]) with ordinality h(hash, place) join event_key k using (hash)`,
    )
    return new Set(rows.map((row) => row.place))
  },
})
