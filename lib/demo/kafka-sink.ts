import { CompressionTypes, type Kafka, Partitioners } from 'kafkajs'
import type { Sink } from '@/lib/demo/sink'
import type { LearnerRequest, Step } from '@/lib/demo/steps'
import { feedEvent, timeOf } from '@/lib/demo/story'

/** Feeds go to Assay's topic, requests to the learner's; the model is the key, so that each model's order is kept. */
export async function kafkaSink(kafka: Kafka, topics: { events: string; requests: string }): Promise<Sink> {
  const producer = kafka.producer({
    createPartitioner: Partitioners.DefaultPartitioner,
    idempotent: true,
    maxInFlightRequests: 1,
  })
  await producer.connect()
  return {
    via: 'kafka',
    async send(steps, startMs) {
      const events = steps
        .filter((step) => step.to === 'assay')
        .map((step) => message(feedEvent(step, startMs), step.data.model))
      const requests = steps
        .filter((step) => step.to === 'learner')
        .map((step) => message(request(step, startMs), step.request.model))
      const topicMessages = [
        { topic: topics.events, messages: events },
        { topic: topics.requests, messages: requests },
      ].filter(({ messages }) => messages.length > 0)
      if (topicMessages.length > 0)
        await producer.sendBatch({ topicMessages, acks: -1, compression: CompressionTypes.None })
    },
    close: () => producer.disconnect(),
  }
}

const message = (value: unknown, key: string) => ({ key, value: JSON.stringify(value) })

const request = (step: Step & { to: 'learner' }, startMs: number): LearnerRequest => ({
  ...step.request,
  time: timeOf(step, startMs),
})
