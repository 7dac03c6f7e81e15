import { existsSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import postgres from 'postgres'

/** What postgres.js hands to its `socket` option: hosts and ports to try in turn, or the path of a Unix socket. */
interface Place {
  readonly host?: readonly string[]
  readonly port?: readonly number[]
  readonly path?: string | false
}

/**
 * Opens a connection to Postgres without Nagle's algorithm. postgres.js leaves it on and writes the end of a COPY apart from its data: each COPY
 * then waits 40 ms for an acknowledgement.
 */
export async function openSocket(place: Place): Promise<Socket> {
  if (place.path) return opened(connect({ path: place.path }))
  let failure: unknown = new Error('no host to connect to')
  for (const [i, host] of (place.host ?? []).entries()) {
    const port = place.port?.[i] ?? place.port?.[0] ?? 5432
    try {
      const socket = await opened(connect({ host, port, noDelay: true }))
      // postgres.js names the host in TLS and in its messages.
      return Object.assign(socket, { host, port })
    } catch (error) {
      failure = error
    }
  }
  throw failure
}

function opened(socket: Socket): Promise<Socket> {
  return new Promise((resolve, reject) => {
    socket.once('error', reject)
    socket.once('connect', () => {
      socket.off('error', reject)
      resolve(socket)
    })
  })
}

const loopback = new Set(['127.0.0.1', '[::1]', 'localhost'])

/**
 * The Unix socket of a Postgres on this machine, as itself names it: a byte costs both sides about half of what it costs over TCP.
 * @returns its path; null where the server is elsewhere, does not say, has none, or does not let this user in that way. Then TCP serves as well.
 */
export async function unixSocketOf(url: string): Promise<string | null> {
  const { hostname, port } = new URL(url)
  if (!loopback.has(hostname)) return null
  const [server] = await ask(postgres(url, { max: 1, onnotice: () => {} }), identity)
  for (const directory of server?.directories.split(',') ?? []) {
    const path = join(directory.trim(), `.s.PGSQL.${port || 5432}`)
    if (!path.startsWith('/') || !existsSync(path)) continue
    // Not in postgres.js' types.
    const options = { max: 1, onnotice: () => {}, ...({ path } as object) }
    const [same] = await ask(postgres(url, options), identity)
    if (server && same?.started === server.started) return path
  }
  return null
}

const identity = `select current_setting('unix_socket_directories') as directories, pg_postmaster_start_time()::text as started`

async function ask(sql: postgres.Sql, text: string): Promise<{ directories: string; started: string }[]> {
  try {
    return await sql.unsafe(text)
  } catch {
    return []
  } finally {
    await sql.end({ timeout: 1 })
  }
}
