import { Kafka, logLevel } from 'kafkajs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { kafkaSink } from '@/lib/demo/kafka-sink'
import { serveLearner } from '@/lib/demo/learner/serve'
import { loadSms } from '@/lib/demo/sets'
import { spamFeed } from '@/lib/demo/spam-feed'
import { dayMs } from '@/lib/demo/steps'
import { brokers, freshTopic } from '../fixture/services'

interface Seen {
  id: string
  type: string
  source: string
  data: { model: string; version: string; prediction: string; control?: string; scores?: Record<string, number> }
}

const startMs = Date.UTC(2026, 9, 1)
const { steps } = spamFeed(loadSms(), 7, 45 * dayMs)
const firstRequests = (n: number) => steps.filter((step) => step.to === 'learner').slice(0, n)

describe('the learner over a real Kafka', () => {
  let kafka: Kafka
  let topics: { events: readonly [string]; requests: string; control: string }
  const seen: Seen[] = []
  let stopReading: () => Promise<void>

  beforeAll(async () => {
    kafka = new Kafka({ clientId: 'demo-test', brokers: brokers(), logLevel: logLevel.NOTHING })
    topics = {
      events: [await freshTopic('events', 4)],
      requests: await freshTopic('requests'),
      control: await freshTopic('control'),
    }
    const reader = kafka.consumer({ groupId: `reader-${topics.requests}`, maxWaitTimeInMs: 50 })
    await reader.subscribe({ topics: [...topics.events], fromBeginning: true })
    await reader.run({
      autoCommit: false,
      eachMessage: async ({ message }) => {
        seen.push(JSON.parse(message.value?.toString() ?? 'null'))
      },
    })
    stopReading = () => reader.disconnect()
  })
  afterAll(() => stopReading())

  const said = (type: string) => seen.filter((event) => event.type === type)
  const count = (type: string, n: number) =>
    expect.poll(() => said(type).length, { timeout: 20_000, interval: 50 }).toBe(n)

  it('learns the feed, answers what it is asked and publishes its versions', async () => {
    const sink = await kafkaSink(kafka, { events: topics.events[0], requests: topics.requests })
    const until = steps.indexOf(firstRequests(300).at(-1) as (typeof steps)[number])
    await sink.send(steps.slice(0, until + 1), startMs)
    const rows = steps
      .slice(0, until + 1)
      .filter((step) => step.to === 'assay' && step.type === 'ml.training.v1').length
    const learner = await serveLearner(kafka, topics, () => {})
    await count('ml.prediction.v1', 300)
    await count('ml.version.v1', Math.floor(rows / 200))
    expect(learner.service.learners.get('spam')?.rows).toHaveLength(rows)
    const truth = new Map(loadSms().map(({ row, label }) => [`p-sms-${row}`, label]))
    const right = said('ml.prediction.v1').filter(({ id, data }) => data.prediction === truth.get(id)).length
    // Ham alone is 87 % of the messages.
    expect(right / 300).toBeGreaterThan(0.9)
    await learner.close()
    await sink.close()
  })

  it('comes back with what it knew, repeats nothing, answers what is new and acknowledges a quarantine', async () => {
    const versions = said('ml.version.v1').length
    const learner = await serveLearner(kafka, topics, () => {})
    const sink = await kafkaSink(kafka, { events: topics.events[0], requests: topics.requests })
    await sink.send(firstRequests(320), startMs)
    await count('ml.prediction.v1', 320)
    expect(new Set(said('ml.prediction.v1').map(({ id }) => id)).size).toBe(320)
    expect(said('ml.version.v1')).toHaveLength(versions)

    const producer = kafka.producer()
    await producer.connect()
    const data = { model: 'spam', origins: ['vendor-7'] }
    const value = JSON.stringify({
      specversion: '1.0',
      id: 'c-1',
      source: '/assay',
      type: 'assay.quarantine.v1',
      time: '2026-10-01T00:00:00Z',
      data,
    })
    await producer.send({ topic: topics.control, messages: [{ key: 'spam', value }] })
    await count('assay.ack.v1', 1)
    expect(said('assay.ack.v1')[0]?.data).toMatchObject({ control: 'c-1', status: 'done', version: 'spam-r1' })
    expect(learner.service.learners.get('spam')?.served()?.version).toBe('spam-r1')
    await producer.disconnect()
    await sink.close()
    await learner.close()
  })
})
