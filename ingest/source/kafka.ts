import kafkajs, { type Consumer, type EachBatchPayload, type Kafka } from 'kafkajs'
import { coPartitions } from './co-partitions'
import { registerCodecs } from './codecs'
import { kafkaLog, type Log } from './kafka-log'
import type { Intake, Source } from './port'

export interface KafkaOptions {
  readonly brokers: readonly string[]
  readonly topics: readonly string[]
  readonly groupId: string
  /** How long a worker that was killed keeps its partitions from the others. */
  readonly sessionTimeoutMs: number
  readonly maxWaitMs: number
  readonly log: Log
}

const bytesPerPartition = 4 << 20
/** A delivery is handed on in pieces, so that heartbeats get through. */
const pieceRows = 2000
/** Offsets are told to the group now and then, for whoever looks from outside; Postgres alone rules. */
const hintMs = 2000

/**
 * Kafka topics. Offsets live in Postgres: wherever kafkajs begins, after a rebalance, a restart or a reset of its own, each fetch is compared with
 * the intake's position, and sought back if it begins anywhere else. Nothing is ever skipped because a client library jumped.
 */
export function kafkaSource(options: KafkaOptions): Source {
  registerCodecs()
  const { log } = options
  const kafka: Kafka = new kafkajs.Kafka({
    clientId: 'assay',
    brokers: [...options.brokers],
    logCreator: kafkaLog(log),
    retry: { initialRetryTime: 200, retries: 8 },
  })
  const admin = kafka.admin()
  const consumer: Consumer = kafka.consumer({
    groupId: options.groupId,
    partitionAssigners: [coPartitions],
    sessionTimeout: options.sessionTimeoutMs,
    rebalanceTimeout: options.sessionTimeoutMs,
    heartbeatInterval: Math.floor(options.sessionTimeoutMs / 5),
    maxBytesPerPartition: bytesPerPartition,
    maxWaitTimeInMs: options.maxWaitMs,
    allowAutoTopicCreation: false,
    metadataMaxAge: 30_000,
    // Crash-only: the supervisor starts a worker that has failed anew. Not so before it first joined: a broker that has just begun is still loading its groups.
    retry: { initialRetryTime: 200, retries: 8, restartOnFailure: async () => !hasJoined && !stopping },
  })
  let hasJoined = false
  /** Partition → where it was sought back from: coming there again means that nothing lies between. */
  const jumps = new Map<string, { from: number; to: number }>()
  const told = new Map<string, number>()
  /** Partitions whose position was held against the bounds of their log since the group last came together. */
  const begun = new Set<string>()
  let intake: Intake
  let stopping = false

  const source: Source = { name: 'kafka', start, stop, reposition }

  async function start(to: Intake): Promise<void> {
    intake = to
    consumer.on(consumer.events.GROUP_JOIN, () => {
      jumps.clear()
      begun.clear()
      intake.drop(source)
    })
    consumer.on(consumer.events.CRASH, ({ payload }) => {
      if (!stopping && !payload.restart) intake.fail(payload.error)
    })
    await Promise.all([admin.connect(), consumer.connect()])
    await consumer.subscribe({ topics: [...options.topics], fromBeginning: true })
    const joined = new Promise<void>((done) => {
      const off = consumer.on(consumer.events.GROUP_JOIN, () => {
        off()
        hasJoined = true
        done()
      })
    })
    await consumer.run({ autoCommit: false, eachBatchAutoResolve: false, partitionsConsumedConcurrently: 8, eachBatch })
    await joined
  }

  async function eachBatch(payload: EachBatchPayload): Promise<void> {
    try {
      await deliver(payload)
    } catch (error) {
      // A rebalance while it was busy is kafkajs' own affair: it joins the group anew, or says CRASH.
      if (!(error as Error).name.startsWith('KafkaJS')) intake.fail(error)
      throw error
    }
  }

  async function deliver({ batch, resolveOffset, heartbeat, isRunning, isStale }: EachBatchPayload): Promise<void> {
    const { topic, partition } = batch
    const fetched = Number((batch as unknown as { fetchedOffset: string }).fetchedOffset)
    const position = await where(topic, partition)
    const key = `${partition}/${topic}`
    let from = fetched
    if (fetched !== position) {
      const jump = jumps.get(key)
      const nothingBetween = fetched > position && jump?.from === position && jump.to === fetched
      if (!nothingBetween) {
        jumps.set(key, { from: position, to: fetched })
        if (!(fetched > position && (await recordLost(topic, partition, position))))
          consumer.seek({ topic, partition, offset: String(position) })
        return
      }
      from = position
    }
    jumps.delete(key)
    const { messages } = batch
    for (let i = 0; i < messages.length; i += pieceRows) {
      if (!isRunning() || isStale()) return
      const piece = messages.slice(i, i + pieceRows)
      const last = i + pieceRows >= messages.length ? batch.lastOffset() : (piece.at(-1)?.offset as string)
      const to = Number(last) + 1
      const offered = intake.offer(source, {
        topic,
        partition,
        from,
        to,
        messages: piece.map((message) => ({
          offset: Number(message.offset),
          value: message.value,
          ...(message.headers && Object.keys(message.headers).length > 0 ? { headers: message.headers } : {}),
        })),
      })
      if (!(await withHeartbeats(offered, heartbeat))) return
      resolveOffset(last)
      from = to
    }
    hint(topic, partition, from)
  }

  /** The position; of a partition that was never read, the beginning of its log. */
  async function where(topic: string, partition: number): Promise<number> {
    const key = `${partition}/${topic}`
    const bounds = begun.has(key) ? null : await logBounds(topic, partition)
    const position = await intake.position(source, topic, partition, bounds?.low ?? 0)
    if (bounds && position > bounds.high) {
      throw new Error(
        `${topic}/${partition} ends at offset ${bounds.high}, but Postgres says that it was read up to ${position}: was the topic deleted and made anew? Read it under a new name.`,
      )
    }
    begun.add(key)
    return position
  }

  async function logBounds(topic: string, partition: number): Promise<{ low: number; high: number }> {
    const offsets = await admin.fetchTopicOffsets(topic)
    const found = offsets.find((entry) => entry.partition === partition)
    return { low: Number(found?.low ?? 0), high: Number(found?.high ?? Number.POSITIVE_INFINITY) }
  }

  /** @returns whether the log begins behind the position now: retention was faster than this worker. */
  async function recordLost(topic: string, partition: number, position: number): Promise<boolean> {
    const { low } = await logBounds(topic, partition)
    if (low <= position) return false
    log('warn', { topic, partition, from: position, to: low }, 'the broker deleted messages before they were read')
    await intake.lost(source, topic, partition, position, low)
    consumer.seek({ topic, partition, offset: String(low) })
    return true
  }

  async function withHeartbeats(work: Promise<boolean>, heartbeat: () => Promise<void>): Promise<boolean> {
    await heartbeat()
    const beat = setInterval(() => heartbeat().catch(() => {}), options.sessionTimeoutMs / 4)
    try {
      return await work
    } finally {
      clearInterval(beat)
    }
  }

  function hint(topic: string, partition: number, next: number): void {
    const key = `${partition}/${topic}`
    const now = performance.now()
    if (now - (told.get(key) ?? 0) < hintMs) return
    told.set(key, now)
    consumer.commitOffsets([{ topic, partition, offset: String(next) }]).catch(() => {})
  }

  function reposition(topic: string, partition: number): void {
    where(topic, partition)
      .then((position) => consumer.seek({ topic, partition, offset: String(position) }))
      .catch((error) => intake.fail(error))
  }

  async function stop(): Promise<void> {
    stopping = true
    const leave = Promise.allSettled([consumer.disconnect(), admin.disconnect()])
    // A broker that is gone must not keep the worker from ending.
    await Promise.race([leave, new Promise((done) => setTimeout(done, 3000).unref())])
  }

  return source
}
