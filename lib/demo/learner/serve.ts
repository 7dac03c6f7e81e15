import { CompressionTypes, type EachBatchPayload, type Kafka, Partitioners } from 'kafkajs'
import type { Control } from './control'
import type { PredictionRequest } from './row'
import { LearnerService, type Said } from './service'

export interface LearnerTopics {
  /** Read all of them; what the learner says goes to the first. */
  events: readonly [string, ...string[]]
  requests: string
  control: string
}
export const demoTopics = { requests: 'demo.requests', control: 'assay.control' }
/** A log that stands still for so long is read to its end, whatever the offsets said. */
const quietMs = 5000

/**
 * The learner over Kafka: reads the training feed from its beginning, then answers requests, publishes versions and obeys controls.
 * It keeps no offsets and no file; the log is its memory. A failure to read or write rejects `failed`: start it again.
 */
export async function serveLearner(kafka: Kafka, topics: LearnerTopics, say: (line: string) => void) {
  const service = new LearnerService()
  const producer = kafka.producer({
    createPartitioner: Partitioners.DefaultPartitioner,
    idempotent: true,
    maxInFlightRequests: 1,
  })
  // A group of its own for every run: nothing to wait for when an earlier run was killed.
  const run = `assay-demo-learner-${process.pid}-${Date.now()}`
  const log = kafka.consumer({ groupId: `${run}-log`, maxWaitTimeInMs: 100 })
  const requests = kafka.consumer({ groupId: `${run}-requests`, maxWaitTimeInMs: 100 })
  let fail: (error: Error) => void = () => {}
  const failed = new Promise<never>((_, reject) => {
    fail = reject
  })
  for (const consumer of [log, requests])
    consumer.on(consumer.events.CRASH, ({ payload }) => {
      if (!payload.restart) fail(payload.error)
    })

  const send = async (events: readonly Said[]) => {
    const fresh = service.unsaid(events)
    if (fresh.length === 0) return
    await producer.send({
      topic: topics.events[0],
      acks: -1,
      compression: CompressionTypes.None,
      messages: fresh.map((event) => ({ key: event.data.model, value: JSON.stringify(event) })),
    })
  }

  let live = false
  let lastReadMs = performance.now()
  const early: Said[] = []
  const waiting: (Control & { time: string })[] = []
  const left = await endOffsets(kafka, topics.events)

  await producer.connect()
  await log.subscribe({ topics: [...topics.events, topics.control], fromBeginning: true })
  await log.run({
    autoCommit: false,
    eachBatch: async ({ batch, heartbeat }: EachBatchPayload) => {
      lastReadMs = performance.now()
      const made: Said[] = []
      for (const { value } of batch.messages) {
        const event = parse(value)
        if (!event) continue
        if (batch.topic !== topics.control) made.push(...service.read(event))
        else if (live) made.push(...service.control(event as unknown as Control & { time: string }))
        else waiting.push(event as unknown as Control & { time: string })
      }
      if (live) await send(made)
      else early.push(...made)
      const place = `${batch.topic}/${batch.partition}`
      if (BigInt(batch.lastOffset()) + 1n >= (left.get(place) ?? 0n)) left.delete(place)
      await heartbeat()
    },
  })
  while (left.size > 0 && performance.now() - lastReadMs < quietMs)
    await Promise.race([new Promise((r) => setTimeout(r, 50)), failed])
  live = true
  for (const control of waiting) early.push(...service.control(control))
  await send(early)
  const known = [...service.learners.values()].map(({ spec, rows }) => `${spec.model} ${rows.length} rows`).join(', ')
  say(`learner: read the feed up to here (${known})`)

  await requests.subscribe({ topic: topics.requests, fromBeginning: true })
  await requests.run({
    autoCommit: false,
    eachBatch: async ({ batch, heartbeat }) => {
      const asked = batch.messages.map(({ value }) => parse(value) as PredictionRequest | null)
      await send(asked.map((request) => request && service.answer(request)).filter((said) => said !== null))
      await heartbeat()
    },
  })
  return {
    service,
    failed,
    close: async () => {
      await Promise.all([log.disconnect(), requests.disconnect()])
      await producer.disconnect()
    },
  }
}

function parse(value: Buffer | null) {
  try {
    const read = JSON.parse(value?.toString('utf8') ?? 'null')
    return typeof read?.id === 'string' && typeof (read.data ?? read.features) === 'object' ? read : null
  } catch {
    // Someone else's broken message: Assay keeps it as a dead letter, the learner has no use for it.
    return null
  }
}

/** For each partition that holds something, the offset after its last message. */
async function endOffsets(kafka: Kafka, topics: readonly string[]): Promise<Map<string, bigint>> {
  const admin = kafka.admin()
  await admin.connect()
  const ends = new Map<string, bigint>()
  for (const topic of topics)
    for (const { partition, low, high } of await admin.fetchTopicOffsets(topic))
      if (BigInt(high) > BigInt(low)) ends.set(`${topic}/${partition}`, BigInt(high))
  await admin.disconnect()
  return ends
}
