/**
 * What the spine costs: `npx tsx test/bench/ingest/run.ts [events] [rounds]` (default 400,000 and 3). In each round, kafkajs + JSON.parse alone, the
 * worker without detectors, with those of the spine (numeric and categorical features, errors, label flips; of the learner only what these read, so
 * no places of rows and no sums by source: lib/learn/wants.ts) and with all of them, alone and two side by side, read the same topic; medians of the
 * rounds, and the ratio to the first. The first quarter of the events counts for nobody: the engine compiles what it runs, which a worker does once in
 * its life.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import kafkajs from 'kafkajs'
import postgres from 'postgres'
import { migrate } from '@/db/migrate'
import { loadConfig } from '@/lib/config'
import { conceptDrift } from '@/lib/detect/concept/concept'
import { categoricalFeature } from '@/lib/detect/drift/category/categorical-feature'
import { numericFeature } from '@/lib/detect/drift/numeric/numeric-feature'
import { labelFlip } from '@/lib/detect/poison/label-flip/label-flip'
import { startKafka } from '@/lib/local/kafka'
import { kafkaJars } from '@/lib/local/kafka-jars.mjs'
import { startPostgres } from '@/lib/local/postgres'
import { cpuOf } from './cpu'
import { benchEvent } from './events'

const events = Number(process.argv[2] ?? 400_000)
const rounds = Number(process.argv[3] ?? 3)
const topic = 'bench'
const warmUp = Math.floor(events / 4)
const spine = [numericFeature, categoricalFeature, conceptDrift, labelFlip].map(({ id }) => id)
const watches = { off: 'off', 'of the spine': spine.join(), all: 'all' }
// As they come: what a user has who sets nothing.
const { batchRows, batchMs, snapshotEvents } = loadConfig({})
const root = new URL('../../..', import.meta.url).pathname

interface Figure {
  readonly rate: number
  readonly worker: number
  readonly postgres: number
  readonly broker: number
}

const home = mkdtempSync(join(tmpdir(), 'assay-bench-'))
chmodSync(home, 0o711)
const jars = kafkaJars(process.env.ASSAY_HOME ?? join(root, '.assay'))
const [database, kafka] = await Promise.all([
  startPostgres(home),
  startKafka(home, { jars, topics: [{ topic, partitions: 2 }] }),
])
if ('unavailable' in kafka) {
  await database.stop()
  rmSync(home, { recursive: true, force: true })
  throw new Error(`the benchmark needs Kafka: ${kafka.unavailable}`)
}
const { brokers } = kafka
try {
  await produce()
  const figures: Record<string, Figure[]> = {}
  for (let round = 0; round < rounds; round++) {
    const parse = await measure('parse-process.ts', [brokers.join(','), topic, String(events), String(warmUp)], 1)
    figures['kafkajs + JSON.parse'] = [...(figures['kafkajs + JSON.parse'] ?? []), parse]
    for (const processes of [1, 2]) {
      for (const [detectors, watch] of Object.entries(watches)) {
        const name = `${processes === 1 ? '1 worker' : '2 workers'}, detectors ${detectors}`
        const database = `bench_${round}_${detectors.replaceAll(' ', '_')}_${processes}`
        figures[name] = [...(figures[name] ?? []), await workers(database, watch, processes)]
      }
    }
  }
  print(figures)
} finally {
  await Promise.all([database.stop(), kafka.stop()])
  rmSync(home, { recursive: true, force: true })
}

async function produce(): Promise<void> {
  let state = 1
  const uniform = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
  const producer = new kafkajs.Kafka({ brokers, logLevel: kafkajs.logLevel.ERROR }).producer({
    createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
  })
  await producer.connect()
  for (let i = 0; i < events; i += 1000) {
    const messages = Array.from({ length: Math.min(1000, events - i) }, (_, k) => ({
      ...benchEvent(i + k, uniform),
      partition: (i + k) % 2,
    }))
    await producer.send({ topic, messages, acks: 1 })
  }
  await producer.disconnect()
}

async function workers(name: string, watch: string, processes: number): Promise<Figure> {
  const admin = postgres(database.url, { max: 1 })
  await admin.unsafe(`create database ${name}`)
  const url = new URL(database.url)
  url.pathname = `/${name}`
  await migrate(url.href)
  const config = {
    databaseUrl: url.href,
    kafkaBrokers: brokers,
    kafkaTopics: [topic],
    kafkaGroupId: name,
    batchRows,
    batchMs,
    snapshotEvents,
    logLevel: 'warn',
  }
  const figure = await measure(
    'worker-process.ts',
    [JSON.stringify(config), String(events), String(warmUp), watch],
    processes,
  )
  await admin.unsafe(`drop database ${name} with (force)`)
  await admin.end()
  return figure
}

/** Runs processes side by side, each of which prints its events, milliseconds and CPU as its last line. CPU figures in µs an event. */
async function measure(entry: string, args: readonly string[], processes: number): Promise<Figure> {
  const servers = () => ({ postgres: cpuOf(['postgres', home]), broker: cpuOf(['kafka.Kafka', home]) })
  // As `npm run worker` starts it.
  const flags = entry === 'worker-process.ts' ? ['--min-semi-space-size=64', '--max-semi-space-size=64'] : []
  const children = Array.from({ length: processes }, () => {
    const child = spawn(process.execPath, [...flags, '--import', 'tsx', join(import.meta.dirname, entry), ...args], {
      cwd: root,
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    return { child, out: collect(child) }
  })
  const said = (word: string) => () => children.every(({ out }) => out().includes(word))
  if (entry === 'worker-process.ts') {
    await until(said('joined'))
    // Two that join one after the other share the partitions only after the group has come together again.
    await pause(processes === 1 ? 500 : 6000)
    for (const { child } of children) child.stdin?.write('go\n')
  }
  await until(said('begun'))
  const before = servers()
  const codes = await Promise.all(
    children.map(({ child }) =>
      child.exitCode === null ? new Promise<number | null>((done) => child.on('exit', done)) : child.exitCode,
    ),
  )
  // A server process that ends while we look is counted in its parent, or not at all.
  await pause(300)
  const after = servers()
  if (codes.some((code) => code !== 0)) throw new Error(`${entry} ended with ${codes}`)
  const results = children.map(
    ({ out }) => JSON.parse(out().trim().split('\n').at(-1) as string) as { events: number; ms: number; cpuMs: number },
  )
  // Each of several counts what all of them store, and uses its own CPU.
  const seen = Math.max(...results.map((result) => result.events))
  const each = (ms: number, of: number) => (ms * 1000) / of
  return {
    rate: (seen * 1000) / Math.max(...results.map((result) => result.ms)),
    worker: each(
      results.reduce((sum, result) => sum + result.cpuMs, 0),
      seen,
    ),
    postgres: each(after.postgres - before.postgres, seen),
    broker: each(after.broker - before.broker, seen),
  }
}

function collect(child: ChildProcess): () => string {
  let out = ''
  child.stdout?.on('data', (chunk) => {
    out += chunk
  })
  return () => out
}

async function until(condition: () => boolean): Promise<void> {
  const deadline = performance.now() + 120_000
  while (!condition()) {
    if (performance.now() > deadline) throw new Error('a process did not begin within two minutes')
    await pause(10)
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms))
}

function print(figures: Record<string, Figure[]>): void {
  const median = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] as number
  const of = (name: string, key: keyof Figure) => median((figures[name] ?? []).map((figure) => figure[key]))
  const yardstick = of('kafkajs + JSON.parse', 'rate')
  process.stdout.write(
    `${events} events, ${rounds} rounds, medians; batches of ${batchRows}; load average ${loadavg()[0]?.toFixed(1)}\n`,
  )
  for (const name of Object.keys(figures)) {
    const cpu = `CPU µs an event: worker ${of(name, 'worker').toFixed(1)}, Postgres ${of(name, 'postgres').toFixed(1)}, broker ${of(name, 'broker').toFixed(1)}`
    process.stdout.write(
      `${name.padEnd(32)} ${Math.round(of(name, 'rate')).toLocaleString('en').padStart(8)} events/s   ratio ${(of(name, 'rate') / yardstick).toFixed(2)}   ${cpu}\n`,
    )
  }
}
