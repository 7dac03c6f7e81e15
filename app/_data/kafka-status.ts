import { runtime } from '@/lib/access/runtime'
import type { IngestStatus } from '@/lib/view/types'

/** Whether a broker is configured, and what that means for the reader. */
export function kafkaStatus(): IngestStatus['kafka'] {
  const brokers = [...(runtime().config.kafkaBrokers ?? [])]
  const note =
    'No broker is configured: events come over HTTP alone. Set KAFKA_BROKERS, or install a Java 17 runtime, and start again.'
  return { configured: brokers.length > 0, brokers, note: brokers.length > 0 ? null : note }
}
