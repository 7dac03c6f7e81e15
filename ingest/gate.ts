import { Kafka, logLevel, type ProducerRecord } from 'kafkajs'
import type { Taken } from '@/ingest/taken'

/** Where training rows that may be learned from go on to: a learner that reads this topic alone never sees what was held back. */
export const acceptedTopic = 'assay.training.accepted'

/**
 * Passes the training rows of a batch on, unchanged: value, headers, and the model as key.
 *
 * It is done while the batch's transaction is open and awaited before the commit, so no row is lost: a crash in between passes rows on again when
 * they are read again. A learner that minds knows them by (source, id). Refused rows and duplicates never pass. Nothing is held back yet: that
 * takes a quarantine that a person has approved.
 */
export interface Gate {
  pass(batch: readonly Taken[]): Promise<void>
  stop(): Promise<void>
}

/** @returns null where the topic does not exist: then rows stay where they are, and the caller says so. */
export async function kafkaGate(brokers: readonly string[], topic = acceptedTopic): Promise<Gate | null> {
  const kafka = new Kafka({ clientId: 'assay-gate', brokers: [...brokers], logLevel: logLevel.NOTHING })
  const admin = kafka.admin()
  try {
    await admin.connect()
    if (!(await admin.listTopics()).includes(topic)) return null
  } finally {
    await admin.disconnect()
  }
  const producer = kafka.producer({ idempotent: true, maxInFlightRequests: 1, allowAutoTopicCreation: false })
  await producer.connect()
  return {
    async pass(batch) {
      const messages: ProducerRecord['messages'] = []
      for (const { event, refused, bytes, headers } of batch) {
        if (refused !== null || event?.type !== 'ml.training.v1') continue
        messages.push({ key: event.data.model, value: bytes, ...(headers ? { headers: { ...headers } } : {}) })
      }
      if (messages.length > 0) await producer.send({ topic, acks: -1, messages })
    },
    stop: () => producer.disconnect(),
  }
}
