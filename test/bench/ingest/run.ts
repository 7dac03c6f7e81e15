/**
 * What the spine costs: `npx tsx test/bench/ingest/run.ts [events] [rounds]` (default 200,000 and 3). In each round, kafkajs + JSON.parse alone, the
 * worker without detectors and the worker with them read the same topic; medians of the rounds, and the ratio to the first.
 */
import { spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import kafkajs from 'kafkajs'
import postgres from 'postgres'
import { migrate } from '@/db/migrate'
import { startKafka } from '@/lib/local/kafka'
import { kafkaJars } from '@/lib/local/kafka-jars.mjs'
import { startPostgres } from '@/lib/local/postgres'
import { cpuOf } from './cpu'
import { benchEvent } from './events'

const events = Number(process.argv[2] ?? 200_000)
const rounds = Number(process.argv[3] ?? 3)
const topic = 'bench'
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
if ('unavailable' in kafka) throw new Error(`the benchmark needs Kafka: ${kafka.unavailable}`)
const { brokers } = kafka
try {
  await produce()
  const figures: Record<string, Figure[]> = {
    'kafkajs + JSON.parse': [],
    'worker, detectors off': [],
    'worker, detectors on': [],
  }
  for (let round = 0; round < rounds; round++) {
    figures['kafkajs + JSON.parse']?.push(await measure('parse-process.ts', [brokers.join(','), topic, String(events)]))
    for (const detectors of ['off', 'on'])
      figures[`worker, detectors ${detectors}`]?.push(await worker(round, detectors))
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

async function worker(round: number, detectors: string): Promise<Figure> {
  const name = `bench_${round}_${detectors}`
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
    batchRows: 5000,
    batchMs: 250,
    snapshotEvents: 50_000,
    logLevel: 'warn',
  }
  const figure = await measure('worker-process.ts', [JSON.stringify(config), String(events), detectors])
  await admin.unsafe(`drop database ${name} with (force)`)
  await admin.end()
  return figure
}

/** Runs a process that prints its events, milliseconds and CPU as its last line. CPU figures in µs an event. */
async function measure(entry: string, args: readonly string[]): Promise<Figure> {
  const servers = () => ({ postgres: cpuOf(['postgres', home]), broker: cpuOf(['kafka.Kafka', home]) })
  let before = servers()
  const child = spawn(process.execPath, ['--import', 'tsx', join(import.meta.dirname, entry), ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let out = ''
  child.stdout.on('data', (chunk) => {
    out += chunk
    if (String(chunk).startsWith('begun')) before = servers()
  })
  const code = await new Promise<number | null>((done) => child.on('exit', done))
  const after = servers()
  if (code !== 0) throw new Error(`${entry} ended with ${code}`)
  const result = JSON.parse(out.trim().split('\n').at(-1) as string) as { events: number; ms: number; cpuMs: number }
  const each = (ms: number) => (ms * 1000) / result.events
  return {
    rate: (result.events * 1000) / result.ms,
    worker: each(result.cpuMs),
    postgres: each(after.postgres - before.postgres),
    broker: each(after.broker - before.broker),
  }
}

function print(figures: Record<string, Figure[]>): void {
  const median = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] as number
  const of = (name: string, key: keyof Figure) => median((figures[name] ?? []).map((figure) => figure[key]))
  const yardstick = of('kafkajs + JSON.parse', 'rate')
  process.stdout.write(`${events} events, ${rounds} rounds, medians\n`)
  for (const name of Object.keys(figures)) {
    const cpu = `CPU µs an event: worker ${of(name, 'worker').toFixed(1)}, Postgres ${of(name, 'postgres').toFixed(1)}, broker ${of(name, 'broker').toFixed(1)}`
    process.stdout.write(
      `${name.padEnd(24)} ${Math.round(of(name, 'rate')).toLocaleString('en').padStart(8)} events/s   ratio ${(of(name, 'rate') / yardstick).toFixed(2)}   ${cpu}\n`,
    )
  }
}
