import { assaySecret } from '@/lib/access/secret'
import type { Config } from '@/lib/config'
import { howToGetKafka, startKafka } from '@/lib/local/kafka'
import { kafkaJars } from '@/lib/local/kafka-jars.mjs'
import { assayTopics } from '@/lib/local/kafka-topics'
import { startPostgres } from '@/lib/local/postgres'
import { reachDatabase } from '@/lib/local/reach-database'

/** A configuration in which nothing is left to find: every process of a start gets the same. */
export type Resolved = Config & {
  readonly databaseUrl: string
  readonly kafkaBrokers: string[] | 'none'
  readonly secret: string
}

export interface Services {
  readonly config: Resolved
  /** Ends what this process has started; services that it joined go on. */
  stop(): Promise<void>
}

/**
 * Brings up those of Postgres and Kafka that the configuration does not name, or joins those that another process of this home looks after.
 * @param say gets one line when there is no Kafka to be had: the product goes on over HTTP alone
 * @throws Error in the service's own words when it does not come up
 */
export async function localServices(config: Config, say: (line: string) => void): Promise<Services> {
  const stops: (() => Promise<void>)[] = []
  const stop = async () => {
    await Promise.all(stops.splice(0).map((end) => end()))
  }
  const database = async () => {
    if (config.databaseUrl) {
      await reachDatabase(config.databaseUrl)
      return config.databaseUrl
    }
    const postgres = await startPostgres(config.home)
    stops.push(postgres.stop)
    return postgres.url
  }
  const broker = async () => {
    if (config.kafkaBrokers) return config.kafkaBrokers
    const kafka = await startKafka(config.home, {
      jars: kafkaJars(config.home),
      topics: assayTopics(config.kafkaTopics),
    })
    if ('unavailable' in kafka) {
      say(`no Kafka (${kafka.unavailable}): events come over HTTP alone, POST /api/v1/events; ${howToGetKafka}`)
      return 'none' as const
    }
    stops.push(kafka.stop)
    return kafka.brokers
  }
  const [databaseUrl, kafkaBrokers] = await Promise.allSettled([database(), broker()])
  if (databaseUrl.status === 'rejected' || kafkaBrokers.status === 'rejected') {
    await stop()
    throw databaseUrl.status === 'rejected' ? databaseUrl.reason : (kafkaBrokers as PromiseRejectedResult).reason
  }
  return {
    config: {
      ...config,
      databaseUrl: databaseUrl.value,
      kafkaBrokers: kafkaBrokers.value,
      secret: assaySecret(config),
    },
    stop,
  }
}

/** The resolved settings as an environment, for child processes and for code that reads its own with loadConfig. */
export function environmentOf(config: Resolved): Record<string, string> {
  return {
    ASSAY_HOME: config.home,
    DATABASE_URL: config.databaseUrl,
    KAFKA_BROKERS: config.kafkaBrokers === 'none' ? 'none' : config.kafkaBrokers.join(','),
    ASSAY_SECRET: config.secret,
    HOST: config.host,
    PORT: String(config.port),
  }
}
