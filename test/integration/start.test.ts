import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { kafkaJars } from '@/lib/local/kafka-jars.mjs'
import { choosePorts } from '@/lib/local/ports'
import { commandLine, processMark } from '@/lib/local/process-mark.mjs'
import { until } from '@/lib/local/until'
import { jars } from '@/test/fixture/services'

const root = join(import.meta.dirname, '..', '..')

interface Start {
  child: ChildProcess
  /** Resolves with the address of the `ready` line. */
  ready: Promise<string>
  out: Promise<string>
  err: Promise<string>
  code: Promise<number | null>
}

function start(home: string, env: Record<string, string>, command: [string, ...string[]]): Start {
  const [program, ...args] = command
  const child = spawn(program, args, {
    cwd: root,
    env: { ...process.env, DATABASE_URL: '', KAFKA_BROKERS: '', ASSAY_HOME: home, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const code = new Promise<number | null>((done) => child.once('exit', done))
  const ready = new Promise<string>((done, fail) => {
    child.stdout.on('data', (chunk: Buffer) => {
      const url = /^ready (\S+)$/m.exec(chunk.toString())?.[1]
      if (url) done(url)
    })
    child.once('exit', (status) => fail(new Error(`exit code ${status}`)))
  })
  ready.catch(() => {})
  return { child, ready, code, out: text(child.stdout), err: text(child.stderr) }
}

const run: [string, ...string[]] = [process.execPath, join(root, 'bin', 'run.mjs'), 'start']
const npm: [string, ...string[]] = ['npm', 'start']

/** Living processes whose command line names this home. */
const livingOf = (home: string) =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => commandLine(Number(pid)).includes(home) && processMark(Number(pid)) !== null)

describe('npm start', { timeout: 150_000 }, () => {
  const home = mkdtempSync(join(tmpdir(), 'assay-start-'))
  let env: Record<string, string> = {}
  /** How long a start of what is all there took, ms: what a recovery is held against, since a busy machine slows both. */
  let plainMs = 0
  const running = new Set<ChildProcess>()
  const launch = (command: [string, ...string[]], extra: Record<string, string> = {}) => {
    const assay = start(home, { ...env, ...extra }, command)
    running.add(assay.child)
    return assay
  }
  beforeAll(async () => {
    mkdirSync(join(home, 'kafka'))
    symlinkSync(jars(), kafkaJars(home))
    const { web } = await choosePorts(home, ['web'])
    env = { PORT: String(web) }
  })
  afterAll(() => rmSync(home, { recursive: true, force: true }))
  afterEach(async () => {
    for (const child of running) if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM')
    await until(async () => (livingOf(home).length === 0 ? true : undefined), { withinMs: 30_000, everyMs: 100 })
    running.clear()
  })

  it('says one line on standard output when page, API and worker answer, and ends all of it on SIGTERM', async () => {
    const assay = launch(run)
    const url = await assay.ready
    expect(url).toBe(`http://127.0.0.1:${env.PORT}`)
    expect((await fetch(`${url}/api/v1/healthz`)).status).toBe(200)
    expect((await fetch(url)).status).toBe(200)
    const since = performance.now()
    assay.child.kill('SIGTERM')
    expect(await assay.code).toBe(0)
    expect(performance.now() - since).toBeLessThan(10_000)
    expect(await assay.out).toBe(`ready ${url}\n`)
    expect(await assay.err).toMatch(/sign in once with http:/)
    expect(livingOf(home)).toEqual([])
  })

  it('ends with npm, with exit code 0', async () => {
    const assay = launch(npm)
    const since = performance.now()
    await assay.ready
    plainMs = performance.now() - since
    assay.child.kill('SIGTERM')
    expect(await assay.code).toBe(0)
    expect(livingOf(home)).toEqual([])
  })

  it('is ready again after kill -9 in no more than twice the time of a plain start, and starts a crashed worker again', async () => {
    const killed = launch(run)
    await killed.ready
    killed.child.kill('SIGKILL')
    await killed.code
    const since = performance.now()
    const assay = launch(run)
    await assay.ready
    expect(performance.now() - since).toBeLessThan(2 * plainMs + 2000)

    const pid = () => JSON.parse(readFileSync(join(home, 'run', 'worker.json'), 'utf8')).pid as number
    const before = pid()
    process.kill(before, 'SIGKILL')
    const after = await until(async () => (pid() !== before ? pid() : undefined), { withinMs: 20_000, everyMs: 50 })
    expect(processMark(after ?? 0)).not.toBeNull()

    const second = launch(run, { PORT: '0' })
    expect(await second.code).toBe(1)
    expect(await second.err).toContain(`Assay runs already with ASSAY_HOME=${home}`)

    assay.child.kill('SIGTERM')
    expect(await assay.code).toBe(0)
    expect(livingOf(home)).toEqual([])
  })

  it('names PORT when another program has it', async () => {
    const server = createServer().listen(Number(env.PORT), '127.0.0.1')
    const assay = launch(run)
    expect(await assay.code).toBe(1)
    expect(await assay.err).toMatch(new RegExp(`^start: PORT=${env.PORT}: another program listens on .*set PORT`, 'm'))
    server.close()
    expect(livingOf(home)).toEqual([])
  })

  it('goes on over HTTP alone where there is no Java, and says how to get Kafka', async () => {
    const assay = launch(run, { JAVA_HOME: '/nonexistent' })
    await assay.ready
    assay.child.kill('SIGTERM')
    expect(await assay.code).toBe(0)
    expect(await assay.err).toMatch(/no Kafka \(no Java found\): events come over HTTP alone.*install a JDK 17/)
  })
})
