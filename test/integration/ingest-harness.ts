import kafkajs, { type Message, type Producer } from 'kafkajs'
import postgres from 'postgres'
import { runWorker, type Worker, type WorkerConfig, type WorkerOptions } from '@/ingest/main'
import { brokers, freshDatabase, freshTopic } from '../fixture/services'

/** A database, a topic and a producer of one's own; workers against them. */
export interface Harness {
  readonly url: string
  readonly topic: string
  readonly sql: postgres.Sql
  readonly producer: Producer
  readonly config: WorkerConfig
  send(messages: readonly Message[]): Promise<void>
  worker(options?: WorkerOptions & { config?: Partial<WorkerConfig> }): Promise<Worker>
  /** Resolves when `count` messages of the topic have become events or dead letters. */
  settled(count: number): Promise<void>
  end(): Promise<void>
}

export async function harness(options: { partitions?: number } = {}): Promise<Harness> {
  const [database, topic] = await Promise.all([freshDatabase(), freshTopic('ingest', options.partitions ?? 1)])
  const sql = postgres(database.url, { max: 2, onnotice: () => {} })
  const kafka = new kafkajs.Kafka({ brokers: brokers(), logLevel: kafkajs.logLevel.NOTHING })
  const producer = kafka.producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner })
  await producer.connect()
  const config: WorkerConfig = {
    databaseUrl: database.url,
    kafkaBrokers: brokers(),
    kafkaTopics: [topic],
    kafkaGroupId: `group.${topic}`,
    batchRows: 5000,
    batchMs: 50,
    snapshotEvents: 1000,
    logLevel: process.env.LOG_LEVEL ?? 'silent',
  }
  const workers: Worker[] = []
  return {
    url: database.url,
    topic,
    sql,
    producer,
    config,
    async send(messages) {
      await producer.send({ topic, messages: [...messages] })
    },
    async worker({ config: changes, ...rest } = {}) {
      const worker = await runWorker(
        { ...config, ...changes },
        { sessionTimeoutMs: 6000, onFatal: (error) => console.error(error), ...rest },
      )
      workers.push(worker)
      await worker.ready
      return worker
    },
    async settled(count) {
      const until = Date.now() + 40_000
      for (;;) {
        const [row] = await sql<
          { n: string }[]
        >`select (select count(*) from event) + (select count(*) from dead_letter) as n`
        if (Number(row?.n) >= count) return
        if (Date.now() > until) throw new Error(`expected ${count} messages, found ${row?.n}`)
        await new Promise((done) => setTimeout(done, 50))
      }
    },
    async end() {
      await Promise.all(workers.map((worker) => worker.stop()))
      await producer.disconnect()
      await sql.end()
      await database.drop()
    },
  }
}

let made = 0
/** A valid event's JSON; `data` over the defaults of a training row. */
export function training(id: string, data: object = {}, envelope: object = {}): string {
  return JSON.stringify({
    specversion: '1.0',
    id,
    source: '/feeds/test',
    type: 'ml.training.v1',
    time: new Date(Date.UTC(2026, 10, 1) + 1000 * made++).toISOString(),
    data: {
      model: 'spam',
      origin: { id: 'vendor-7', kind: 'vendor' },
      features: { len: 212, caps: 0.04, lang: 'en' },
      label: 'ham',
      ...data,
    },
    ...envelope,
  })
}
