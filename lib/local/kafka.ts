import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { closeSync, existsSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { findJava } from '@/lib/local/java'
import { archiveFlags, archiveIn, keepArchive } from '@/lib/local/kafka-archive'
import { logSettings } from '@/lib/local/kafka-log'
import { kafkaProperties } from '@/lib/local/kafka-properties'
import { brokerAnswers, createTopics, type Topic } from '@/lib/local/kafka-topics'
import { withLock } from '@/lib/local/lock.mjs'
import { logFile } from '@/lib/local/log-file'
import { choosePorts } from '@/lib/local/ports'
import { endOrphan, forgetRunning, joinRunning, noteRunning } from '@/lib/local/run-file'
import { stopChild, supervise } from '@/lib/local/supervise'
import { until } from '@/lib/local/until'
import { writeWhole } from '@/lib/local/write-whole'

/**
 * A real Apache Kafka of this home, one node in KRaft mode on the local Java: jars in ASSAY_HOME/kafka (bin/setup/kafka-jars.mjs), data beside
 * them, log in ASSAY_HOME/log/kafka.log, listening on 127.0.0.1 alone. Ready 1.2 to 3.5 s after it is spawned.
 *
 * One process of a home starts it and looks after it (a crash → it is started again); further processes join it. What a killed start left
 * running is ended first.
 */
export interface LocalKafka {
  readonly brokers: string[]
  /** False: another process looks after it, and `stop` does nothing. */
  readonly own: boolean
  stop(): Promise<void>
}

export interface KafkaOptions {
  /** Folder with the broker's jars and `.complete`. */
  readonly jars: string
  /** Made if they are missing. */
  readonly topics: readonly Topic[]
}

const startMs = 40_000
const stopMs = 4000
const heap = [
  '-Xms64m',
  '-Xmx256m',
  '-XX:+UseSerialGC',
  '-XX:TieredStopAtLevel=1',
  '-Xss512k',
  '-XX:MaxMetaspaceSize=128m',
  '-XX:-UsePerfData',
]
const run = promisify(execFile)

export const howToGetKafka =
  'for Kafka install a JDK 17 and Maven (Debian: apt-get install -y openjdk-17-jdk-headless maven), or set KAFKA_BROKERS to a broker of your own'

/** @returns the broker, or one line that says why there is none. @throws Error with the broker's own words when it does not come up. */
export function startKafka(home: string, options: KafkaOptions): Promise<LocalKafka | { unavailable: string }> {
  return withLock(join(home, 'run', 'kafka.lock'), async () => {
    const joined = await joinRunning(home, 'kafka', (port) => brokerAnswers([`127.0.0.1:${port}`]))
    if (joined) {
      const brokers = [`127.0.0.1:${joined}`]
      await createTopics(brokers, options.topics)
      return { brokers, own: false, stop: async () => {} }
    }

    const found = await findJava()
    if ('missing' in found) return { unavailable: found.missing }
    if (!existsSync(join(options.jars, '.complete')))
      return { unavailable: 'its jars are not here, as Maven is missing or could not fetch them' }

    const folder = join(home, 'kafka')
    const properties = join(folder, 'server.properties')
    const data = join(folder, 'data')
    const classes = ['-cp', join(options.jars, '*')]
    const log = logFile(join(home, 'log', 'kafka.log'))
    const archive = archiveIn(options.jars, found.version)
    mkdirSync(folder, { recursive: true })
    await endOrphan(home, 'kafka', properties)

    const deadline = performance.now() + startMs
    for (;;) {
      const chosen = await choosePorts(home, ['kafka', 'kafka.controller'])
      const port = chosen.kafka as number
      const brokers = [`127.0.0.1:${port}`]
      writeWhole(properties, kafkaProperties({ data, port, controllerPort: chosen['kafka.controller'] as number }))
      await format(found.java, classes, properties, data)

      const launch = (): ChildProcess => {
        const output = log.open()
        const flags = [...heap, ...archiveFlags(archive), `-Dlog4j2.configurationFile=${logSettings(folder)}`]
        // Its own process group: Ctrl-C goes to us alone, and we end it when nothing uses it any more.
        const child = spawn(found.java, [...flags, ...classes, 'kafka.Kafka', properties], {
          detached: true,
          stdio: ['ignore', output, output],
        })
        closeSync(output)
        return child
      }

      const trial = launch()
      const up = await until(async () => (isOver(trial) ? false : (await brokerAnswers(brokers)) || undefined), {
        withinMs: Math.max(1000, deadline - performance.now()),
        everyMs: 60,
      })
      if (up) {
        const made = await until(
          () =>
            createTopics(brokers, options.topics).then(
              () => true,
              () => undefined,
            ),
          { withinMs: 15_000, everyMs: 200 },
        )
        if (!made) await createTopics(brokers, options.topics)
        let first: ChildProcess | undefined = trial
        const kept = supervise({
          spawn: () => {
            const child = first ?? launch()
            first = undefined
            return child
          },
          onStart: (child) => child.pid && noteRunning(home, 'kafka', { pid: child.pid, port }),
          signal: 'SIGTERM',
          graceMs: stopMs,
        })
        return {
          brokers,
          own: true,
          async stop() {
            await kept.stop()
            keepArchive(archive, kept.child)
            forgetRunning(home, 'kafka')
          },
        }
      }
      await stopChild(trial, 'SIGTERM', stopMs)
      const taken = /Socket server failed to bind/.test(log.tail())
      if (!taken || performance.now() > deadline)
        throw new Error(`Kafka did not start; the end of ${log.path} says:\n${log.tail().trim()}`)
    }
  })
}

const isOver = (child: ChildProcess) => child.exitCode !== null || child.signalCode !== null || child.pid === undefined

/** Gives the data directory its cluster id, once. A directory without one is what a killed attempt has left: it holds nothing yet. */
async function format(java: string, classes: string[], properties: string, data: string): Promise<void> {
  if (existsSync(join(data, 'meta.properties'))) return
  rmSync(data, { recursive: true, force: true })
  // A leading dash would be taken for an option.
  const id = `a${randomBytes(16).toString('base64url').slice(1, 21)}w`
  await run(java, [...heap, ...classes, 'kafka.tools.StorageTool', 'format', '-t', id, '-c', properties])
}
