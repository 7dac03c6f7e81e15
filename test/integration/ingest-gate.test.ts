import { Kafka, logLevel } from 'kafkajs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { brokers, freshTopic } from '../fixture/services'
import { type Harness, harness, training } from './ingest-harness'

let h: Harness
let accepted: string
beforeAll(async () => {
  accepted = await freshTopic('accepted')
  h = await harness()
  await h.worker({ acceptedTopic: accepted })
})
afterAll(() => h.end())

/** What a learner reads there, until `count` messages came. */
async function read(count: number) {
  const kafka = new Kafka({ brokers: brokers(), logLevel: logLevel.NOTHING })
  const consumer = kafka.consumer({ groupId: `learner.${accepted}` })
  await consumer.connect()
  await consumer.subscribe({ topic: accepted, fromBeginning: true })
  const rows: { key: string; value: string; headers: Record<string, string> }[] = []
  await new Promise<void>((done) => {
    consumer.run({
      eachMessage: async ({ message }) => {
        const headers = Object.entries(message.headers ?? {}).map(([name, value]) => [name, String(value)])
        rows.push({ key: String(message.key), value: String(message.value), headers: Object.fromEntries(headers) })
        if (rows.length >= count) done()
      },
    })
  })
  await consumer.disconnect()
  return rows
}

it('passes accepted training rows on unchanged, in order, and nothing else', async () => {
  const rows = [training('t-1'), training('t-2', { label: 'spam', text: 'Grüße 😀' }), training('t-3')]
  const label = JSON.stringify({
    ...JSON.parse(training('l-1')),
    type: 'ml.label.v1',
    data: { model: 'spam', prediction: 'p', label: 'ham' },
  })
  const { data, ...attributes } = JSON.parse(training('t-4'))
  const headers = Object.fromEntries(Object.entries(attributes).map(([name, value]) => [`ce_${name}`, String(value)]))
  await h.send([
    { value: rows[0] as string },
    { value: 'not an event' },
    { value: rows[1] as string },
    { value: rows[1] as string },
    { value: label },
    { value: rows[2] as string },
    { value: JSON.stringify(data), headers },
  ])
  await h.settled(7)
  const passed = await read(4)
  expect(passed.map(({ value }) => value)).toEqual([...rows, JSON.stringify(data)])
  expect(passed.map(({ key }) => key)).toEqual(['spam', 'spam', 'spam', 'spam'])
  expect(passed[3]?.headers).toMatchObject({ ce_id: 't-4', ce_type: 'ml.training.v1' })
})
