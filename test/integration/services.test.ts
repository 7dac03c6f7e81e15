import { Kafka, logLevel } from 'kafkajs'
import postgres from 'postgres'
import { expect, it } from 'vitest'
import { brokers, freshDatabase, freshTopic } from '@/test/fixture/services'

it('gives each test a database of its own', async () => {
  const [one, two] = await Promise.all([freshDatabase({ migrated: false }), freshDatabase({ migrated: false })])
  const sql = postgres(one.url, { max: 1 })
  await sql`create table only_here (n int)`
  await sql.end()
  const other = postgres(two.url, { max: 1 })
  const [row] = await other`select to_regclass('only_here') as found, version() as version`
  await other.end()
  expect(row).toMatchObject({ found: null, version: expect.stringContaining('PostgreSQL 18') })
  await Promise.all([one.drop(), two.drop()])
})

it('gives each test a topic on a real broker', async () => {
  const topic = await freshTopic('probe', 2)
  const kafka = new Kafka({ clientId: 'test', brokers: brokers(), logLevel: logLevel.NOTHING })
  const producer = kafka.producer()
  await producer.connect()
  const [first] = await producer.send({ topic, messages: [{ key: 'k', value: 'v' }] })
  await producer.disconnect()
  expect(first?.baseOffset).toBe('0')
  const admin = kafka.admin()
  await admin.connect()
  const offsets = await admin.fetchTopicOffsets(topic)
  await admin.disconnect()
  expect(offsets.map((partition) => partition.high).sort()).toEqual(['0', '1'])
})
