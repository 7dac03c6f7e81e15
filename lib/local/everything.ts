import { createServer } from 'node:net'
import { join } from 'node:path'
import { migrate } from '@/db/migrate'
import { type Config, publicUrl } from '@/lib/config'
import { CannotStart } from '@/lib/local/cannot-start'
import { withLock } from '@/lib/local/lock.mjs'
import { type Part, startPart } from '@/lib/local/part'
import { isFree } from '@/lib/local/ports'
import { endOrphan, forgetRunning, noteEnding, noteRunning, type Running, whoRuns } from '@/lib/local/run-file'
import { environmentOf, localServices, type Resolved } from '@/lib/local/services'
import { until } from '@/lib/local/until'

/** All of Assay, up and answering. */
export interface Everything {
  readonly url: string
  readonly config: Resolved
  /** Ends all of it, within 10 s: first the parts, which still write, then what they write to. */
  stop(): Promise<void>
}

const readyMs = 90_000
const endMs = 10_000
const noticeMs = 1000

/**
 * Postgres, Kafka, the schema, the web app and the worker, for `npm start` and the demo. Resolves when the page, the API and the worker answer.
 * @param options.say gets a line for each step
 * @param options.signal aborts the start: everything is ended, and the promise rejects with its reason
 * @throws CannotStart when the port is taken or this home runs already
 */
export async function startEverything(
  wanted: Config,
  options: { root: string; say(line: string): void; signal: AbortSignal },
): Promise<Everything> {
  const { root, say, signal } = options
  const { home } = wanted
  await withLock(join(home, 'run', 'start.lock'), async () => {
    const other = await whoStays(home)
    if (other) throw CannotStart.runsAlready(home, other.owner)
    noteRunning(home, 'start', { pid: process.pid, port: wanted.port })
  })
  const parts: Part[] = []
  let stopServices = async () => {}
  const stop = async () => {
    noteEnding(home, 'start')
    await Promise.all(parts.map((part) => part.stop()))
    await stopServices()
    forgetRunning(home, 'start')
  }
  const timed = async <T>(what: string, work: Promise<T>): Promise<T> => {
    const since = performance.now()
    const result = await work
    signal.throwIfAborted()
    say(`✓ ${what}  ${((performance.now() - since) / 1000).toFixed(1)} s`)
    return result
  }

  try {
    await endOrphan(home, 'web', `--home=${home}`)
    const port = wanted.port || (await freePort(wanted.host))
    if (!(await isFree(port, wanted.host))) {
      throw CannotStart.portTaken(wanted.host, port)
    }
    const services = await timed(
      'Postgres and Kafka',
      localServices({ ...wanted, port }, say).then((up) => {
        stopServices = up.stop
        return up
      }),
    )
    const { config } = services
    await timed('database schema', migrate(config.databaseUrl))
    const url = publicUrl(config)
    const place = { root, home, env: environmentOf(config), say }
    for (const name of ['web', 'worker']) parts.push(await startPart(name, place))
    await timed('web app and worker', allReady(parts, `http://${hostOf(config)}:${port}`, signal))
    return { url, config, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** The start that already runs in this home, unless it ends: one whose npm was killed notices that within half a second. */
async function whoStays(home: string): Promise<Running | null> {
  const since = performance.now()
  return (
    (await until(
      async () => {
        const other = whoRuns(home, 'start')
        if (!other) return { other }
        const patienceMs = other.ending ? endMs : noticeMs
        return performance.now() - since > patienceMs ? { other } : undefined
      },
      { withinMs: endMs + noticeMs, everyMs: 50 },
    )) ?? { other: whoRuns(home, 'start') }
  ).other
}

async function allReady(parts: readonly Part[], url: string, signal: AbortSignal): Promise<void> {
  const answers = (path: string) =>
    until(
      async () => {
        signal.throwIfAborted()
        try {
          const answer = await fetch(url + path, { redirect: 'manual', signal: AbortSignal.timeout(5000) })
          await answer.body?.cancel()
          return answer.status < 400 || undefined
        } catch {
          return undefined
        }
      },
      { withinMs: readyMs, everyMs: 50 },
    )
  const late = new Promise<false>((done, fail) => {
    setTimeout(() => done(false), readyMs).unref()
    signal.addEventListener('abort', () => fail(signal.reason))
  })
  const ready = Promise.all([answers('/'), answers('/api/v1/healthz'), ...parts.map((part) => part.ready)]).then(
    ([page, api]) => page && api,
  )
  if (!(await Promise.race([ready, late]))) {
    throw new Error(
      `Assay did not get ready within ${readyMs / 1000} s; the ends of the logs:\n${parts.map((part) => part.tail().trim()).join('\n')}`,
    )
  }
}

/** Where this machine itself reaches the web app. */
function hostOf({ host }: Config): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1'
  return host.includes(':') ? `[${host}]` : host
}

function freePort(host: string): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer()
    server.once('error', fail)
    server.listen(0, host, () => {
      const address = server.address()
      server.close(() => done(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
