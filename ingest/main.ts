import { randomBytes } from 'node:crypto'
import { hostname } from 'node:os'
import pino from 'pino'
import { connect } from '@/db/client'
import type { WorkerState } from '@/db/schema'
import { unixSocketOf } from '@/db/socket'
import type { BatchContext } from './batch/write'
import { freeBlockers, workerName } from './blockers'
import { acceptedTopic, kafkaGate } from './gate'
import { beat } from './heartbeat'
import { createIntake } from './intake'
import { storeLastSnapshots } from './model/last-snapshots'
import type { Monitors } from './model/monitors'
import { ensurePartitions } from './partitions'
import { httpInboxSource } from './source/http-inbox'
import { kafkaSource } from './source/kafka'
import type { Source } from './source/port'
import { createTally } from './tally'
import { startUpkeep } from './upkeep'

/** What of the configuration (lib/config.ts) a worker needs, with the services it leads to filled in. */
export interface WorkerConfig {
  readonly databaseUrl: string
  readonly kafkaBrokers: readonly string[] | 'none'
  readonly kafkaTopics: readonly string[]
  readonly kafkaGroupId: string
  readonly batchRows: number
  readonly batchMs: number
  readonly snapshotEvents: number
  readonly logLevel: string
}

export interface WorkerOptions {
  /** Other sources than Kafka and the HTTP inbox. */
  readonly sources?: readonly Source[]
  readonly sessionTimeoutMs?: number
  readonly monitors?: Monitors
  /** Where accepted training rows go, if not to Contract 4's topic. */
  readonly acceptedTopic?: string
  /** Called once when the worker cannot go on. By default the process ends with 1: whoever started it starts it anew, and it goes on from Postgres. */
  readonly onFatal?: (error: unknown) => void
}

export interface Worker {
  /** When every source delivers. */
  readonly ready: Promise<void>
  /** Writes what was taken, gives the partitions back, and lets go of everything. */
  stop(): Promise<void>
  readonly id: string
}

const heartbeatMs = 2000
const watchdogMs = 20_000
/**
 * Milliseconds. A worker that is stopped in a transaction must not hold its rows for ever: Postgres ends it, or the next worker does (blockers.ts).
 *
 * A batch does not wait for the disk: its offsets are in its own transaction, so a tail that a crash of the server takes is read again from the source,
 * whole. What is answered as durable (`http_inbox`) is written by others, who do wait.
 */
const sessionSettings = {
  idle_in_transaction_session_timeout: 15_000,
  lock_timeout: 5000,
  synchronous_commit: 'off',
}

/** Runs one ingest worker in this process. Any number may run side by side against the same Postgres and Kafka. */
export async function runWorker(config: WorkerConfig, options: WorkerOptions = {}): Promise<Worker> {
  const id = `${hostname().slice(0, 24)}-${process.pid}-${randomBytes(3).toString('hex')}`
  const log = pino({ level: config.logLevel, base: { worker: id } }, pino.destination({ dest: 2, sync: true }))
  const { db, close } = connect(config.databaseUrl, {
    max: 4,
    applicationName: `${workerName}/${id}`,
    settings: sessionSettings,
    path: await unixSocketOf(config.databaseUrl),
  })
  const memory = new Map()
  const tally = createTally(() => Date.now())
  const startedAt = new Date()
  let phase: WorkerState['phase'] = 'starting'
  let ended = false

  const end = options.onFatal ?? (() => process.exit(1))
  function fail(error: unknown): void {
    if (ended) return
    ended = true
    log.fatal({ err: error }, 'the worker ends: it cannot go on')
    // Leaving the group now spares the others the wait for its session to run out.
    const leave = Promise.allSettled(sources.map((source) => source.stop()))
    Promise.race([leave, new Promise((done) => setTimeout(done, 1000))]).then(() => end(error))
  }
  const crash = (error: unknown) => fail(error)
  process.on('uncaughtException', crash)
  process.on('unhandledRejection', crash)

  const context: BatchContext = {
    db,
    memory,
    owner: id,
    snapshotEvents: config.snapshotEvents,
    now: () => new Date(),
    ...(options.monitors ? { monitors: options.monitors } : {}),
  }
  const intake = createIntake({
    db,
    context,
    batchRows: config.batchRows,
    batchMs: config.batchMs,
    watchdogMs,
    tally,
    fail,
    fenced: (message) => {
      log.warn({ message }, 'batch rolled back, reading on from Postgres')
    },
    blocked: () => freeBlockers(db, id),
  })
  const sources: Source[] = options.sources
    ? [...options.sources]
    : [
        httpInboxSource({ db, databaseUrl: config.databaseUrl }),
        ...(config.kafkaBrokers === 'none'
          ? []
          : [
              kafkaSource({
                brokers: config.kafkaBrokers,
                topics: config.kafkaTopics,
                groupId: config.kafkaGroupId,
                sessionTimeoutMs: options.sessionTimeoutMs ?? 8000,
                maxWaitMs: Math.min(config.batchMs, 500),
                log: (level, fields, message) => log[level](fields, message),
              }),
            ]),
      ]

  await ensurePartitions(db, new Date())
  const state = (): WorkerState => ({
    phase,
    perMinute: tally.perMinute(),
    flood: tally.flood(),
    sources: sources.map(({ name }) => name),
  })
  const pulse = () => beat(db, id, startedAt, state()).catch((error) => log.warn({ err: error }, 'no heartbeat'))
  const heart = setInterval(pulse, heartbeatMs)
  const upkeep = startUpkeep(db, (error) => log.warn({ err: error }, 'upkeep failed, it will be tried again'))

  async function openGate(): Promise<void> {
    if (config.kafkaBrokers === 'none') return
    const topic = options.acceptedTopic ?? acceptedTopic
    context.gate = await kafkaGate(config.kafkaBrokers, topic)
    if (!context.gate) log.warn({ topic }, 'no such topic: accepted training rows are not passed on to learners')
  }
  async function start(): Promise<void> {
    await openGate()
    await Promise.all(sources.map((source) => source.start(intake)))
    phase = 'running'
    await pulse()
    log.info({ topics: config.kafkaTopics, sources: sources.map(({ name }) => name) }, 'worker ready')
  }
  const ready = start()
  ready.catch(fail)

  return {
    id,
    ready,
    async stop() {
      phase = 'stopping'
      ended = true
      clearInterval(heart)
      await upkeep.stop()
      await Promise.allSettled(sources.map((source) => source.stop()))
      await intake.flush()
      await context.gate?.stop()
      await storeLastSnapshots(db, memory).catch((error) =>
        log.warn({ err: error }, 'no last snapshot: the next start reads more events again'),
      )
      process.off('uncaughtException', crash)
      process.off('unhandledRejection', crash)
      await close()
    },
  }
}
