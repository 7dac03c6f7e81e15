import { fileURLToPath } from 'node:url'
import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate as apply } from 'drizzle-orm/postgres-js/migrator'
import postgres from 'postgres'
import journal from './migrations/meta/_journal.json' with { type: 'json' }

/** Any number that nothing else locks: "assay" in ASCII. */
const lockKey = 0x6173736179

/** The database was migrated by a newer Assay than this one. */
export class DatabaseIsNewer extends Error {
  constructor(found: number, known: number) {
    super(
      `The database is newer than this code: it has a migration of ${new Date(found).toISOString()}, the newest that this code knows is of ${new Date(known).toISOString()}. Update Assay, or point DATABASE_URL at another database.`,
    )
    this.name = 'DatabaseIsNewer'
  }
}

/**
 * Brings the schema up to date. Any number of processes may call it at once: one works, the others wait for it and find nothing left to do.
 * @returns how many migrations were applied.
 * @throws DatabaseIsNewer when the database has migrations that this code does not know; nothing is changed then.
 */
export async function migrate(url: string): Promise<number> {
  // A lock belongs to a session, so everything runs on one connection of its own.
  const sql = postgres(url, { max: 1, onnotice: () => {}, connection: { application_name: 'assay-migrate' } })
  try {
    await sql`select pg_advisory_lock(${lockKey})`
    const before = await applied(sql)
    const known = Math.max(...journal.entries.map((entry) => entry.when))
    const newest = Math.max(0, ...before)
    if (newest > known) throw new DatabaseIsNewer(newest, known)
    await apply(drizzle(sql), { migrationsFolder: fileURLToPath(new URL('./migrations', import.meta.url)) })
    return (await applied(sql)).length - before.length
  } finally {
    await sql.end({ timeout: 5 })
  }
}

async function applied(sql: postgres.Sql): Promise<number[]> {
  const [found] = await sql<
    { table: string | null }[]
  >`select to_regclass('drizzle.__drizzle_migrations')::text as table`
  if (!found?.table) return []
  const rows = await sql<{ at: string }[]>`select created_at as at from drizzle.__drizzle_migrations`
  return rows.map((row) => Number(row.at))
}
