import { type Admin, Kafka, logLevel } from 'kafkajs'

/** A topic and its number of partitions. */
export interface Topic {
  readonly topic: string
  readonly partitions: number
}

/** What Assay reads (four partitions each: up to four workers side by side) and what it writes for learners (one: order matters there). */
export function assayTopics(read: readonly string[]): Topic[] {
  const written = ['assay.control', 'assay.training.accepted'].filter((topic) => !read.includes(topic))
  return [...read.map((topic) => ({ topic, partitions: 4 })), ...written.map((topic) => ({ topic, partitions: 1 }))]
}

/** Whether a broker answers there. */
export async function brokerAnswers(brokers: readonly string[]): Promise<boolean> {
  try {
    return await withAdmin(brokers, async (admin) => (await admin.describeCluster()).brokers.length > 0)
  } catch {
    return false
  }
}

/** Makes those topics that are not there yet; leaves the others as they are. */
export function createTopics(brokers: readonly string[], topics: readonly Topic[]): Promise<void> {
  return withAdmin(brokers, async (admin) => {
    const there = new Set(await admin.listTopics())
    const missing = topics.filter(({ topic }) => !there.has(topic))
    if (missing.length === 0) return
    await admin.createTopics({
      waitForLeaders: true,
      topics: missing.map(({ topic, partitions }) => ({ topic, numPartitions: partitions, replicationFactor: -1 })),
    })
  })
}

async function withAdmin<T>(brokers: readonly string[], work: (admin: Admin) => Promise<T>): Promise<T> {
  const kafka = new Kafka({
    clientId: 'assay-setup',
    brokers: [...brokers],
    logLevel: logLevel.NOTHING,
    connectionTimeout: 1000,
    retry: { retries: 0 },
  })
  const admin = kafka.admin()
  try {
    await admin.connect()
    return await work(admin)
  } finally {
    await admin.disconnect()
  }
}
