import { decodeMessage } from '@/ingest/decode'
import type { Config } from '@/lib/config'
import type { Door } from '@/lib/event/ingest'
import { kafkaDoor } from './producer'

/** Where events go that come over HTTP: the broker, if one is configured, else Postgres. */
export function doorOf(config: Pick<Config, 'kafkaBrokers' | 'kafkaTopics'>): Door {
  const { kafkaBrokers, kafkaTopics } = config
  const topic = kafkaTopics[0]
  const produce = Array.isArray(kafkaBrokers) && topic ? kafkaDoor(kafkaBrokers, topic) : null
  return { decode: (value) => decodeMessage({ value }), produce }
}
