import { Kafka, logLevel, Partitioners, type Producer } from 'kafkajs'
import { log } from '@/app/api/_http/log'
import { Busy } from '@/lib/access/errors'
import type { Message } from '@/lib/event/ingest'

const requestMs = 10_000
const key = Symbol.for('assay.producers')
const store = globalThis as { [key]?: Map<string, Promise<Producer>> }

/** Writes to the first configured topic, keyed by model, and resolves once every in-sync replica has it. @throws Busy when the broker does not take them. */
export function kafkaDoor(brokers: readonly string[], topic: string) {
  return async (messages: readonly Message[]): Promise<void> => {
    try {
      const producer = await connected(brokers)
      await producer.send({
        topic,
        acks: -1,
        timeout: requestMs,
        messages: messages.map(({ key, value }) => ({ key, value })),
      })
    } catch (error) {
      log.error({ err: error, topic }, 'Kafka did not take events')
      forget(brokers)
      throw new Busy(`Kafka did not take the events: ${(error as Error).message}`)
    }
  }
}

function connected(brokers: readonly string[]): Promise<Producer> {
  store[key] ??= new Map()
  const name = brokers.join(',')
  let producer = store[key].get(name)
  if (!producer) {
    producer = connect(brokers)
    store[key].set(name, producer)
  }
  return producer
}

/** The next call connects anew. */
function forget(brokers: readonly string[]): void {
  const name = brokers.join(',')
  const old = store[key]?.get(name)
  store[key]?.delete(name)
  old?.then((producer) => producer.disconnect()).catch(() => {})
}

async function connect(brokers: readonly string[]): Promise<Producer> {
  const kafka = new Kafka({
    clientId: 'assay-http',
    brokers: [...brokers],
    connectionTimeout: 3000,
    requestTimeout: requestMs,
    retry: { retries: 3, initialRetryTime: 200, maxRetryTime: 2000 },
    logLevel: logLevel.NOTHING,
  })
  const producer = kafka.producer({ allowAutoTopicCreation: false, createPartitioner: Partitioners.DefaultPartitioner })
  await producer.connect()
  return producer
}

/** Ends the connections, for tests and a clean end. */
export async function closeProducers(): Promise<void> {
  const open = [...(store[key]?.values() ?? [])]
  store[key]?.clear()
  await Promise.allSettled(open.map(async (producer) => (await producer).disconnect()))
}
