import type { Config } from '@/lib/config'
import type { IngestStatus } from '@/lib/view/ingest'

/** Whether events can come over Kafka, for people. */
export function kafkaOf(config: Pick<Config, 'kafkaBrokers' | 'kafkaTopics'>): IngestStatus['kafka'] {
  const { kafkaBrokers } = config
  return Array.isArray(kafkaBrokers)
    ? { configured: true, brokers: [...kafkaBrokers], note: null }
    : {
        configured: false,
        brokers: [],
        note: 'No Kafka: events come over HTTP alone, POST /api/v1/events. Set KAFKA_BROKERS to read from a broker.',
      }
}
