import { drizzle } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import * as schema from '@/db/schema'
import { openSocket } from '@/db/socket'

/** One pool a process. `max` bounds its connections; `settings` are Postgres' own, for each session. */
export function connect(
  url: string,
  options: {
    max?: number
    applicationName?: string
    settings?: Record<string, string | number>
    /** Path of the server's Unix socket (db/socket.ts), to go there instead of by TCP. */
    path?: string | null
  } = {},
) {
  const sql = postgres(url, {
    max: options.max ?? 8,
    connection: { application_name: options.applicationName ?? 'assay', ...options.settings },
    onnotice: () => {},
    // Not in postgres.js' types.
    ...({ socket: openSocket, ...(options.path ? { path: options.path } : {}) } as object),
  })
  return { sql, db: drizzle(sql, { schema }), close: () => sql.end({ timeout: 5 }) }
}

export type Connection = ReturnType<typeof connect>
export type Db = Connection['db']
