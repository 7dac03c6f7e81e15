import postgres from 'postgres'
import { ConfigError } from '@/lib/config'

/** What no waiting mends: wrong password or user, no such database. */
const final = new Set(['28P01', '28000', '3D000', 'ENOTFOUND'])
const retryMs = 500

/**
 * Waits until the Postgres of `DATABASE_URL` answers: it may be starting beside us.
 * @throws ConfigError naming the setting, the address (never the password), what went wrong and the way out.
 */
export async function reachDatabase(url: string, waitMs = 15_000): Promise<void> {
  const end = Date.now() + waitMs
  for (;;) {
    const sql = postgres(url, { max: 1, connect_timeout: 5, onnotice: () => {} })
    try {
      await sql`select 1`
      return
    } catch (error) {
      const { code = '', message } = error as { code?: string; message: string }
      if (final.has(code) || Date.now() + retryMs > end) {
        throw new ConfigError(
          `DATABASE_URL: no use of ${shown(url)}: ${message}; is Postgres running there, with this user, password and database? Unset DATABASE_URL to use the embedded Postgres`,
        )
      }
    } finally {
      await sql.end({ timeout: 1 })
    }
    await new Promise((done) => setTimeout(done, retryMs))
  }
}

/** The address without its secret. */
function shown(url: string): string {
  try {
    const { username, host, pathname } = new URL(url)
    return `postgres://${username ? `${username}@` : ''}${host}${pathname}`
  } catch {
    return 'this address'
  }
}
