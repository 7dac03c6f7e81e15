/** `npm run -s learner`: the demo's online learner alone, against `KAFKA_BROKERS`. It is the party that Assay watches, not a part of Assay. */
import { setTimeout as sleep } from 'node:timers/promises'
import { Kafka, logLevel } from 'kafkajs'
import { loadConfig } from '@/lib/config'
import { demoTopics, serveLearner } from '@/lib/demo/learner/serve'
import { sayReady, toldToEnd } from '@/lib/local/told-to-end'

const { kafkaBrokers, kafkaTopics } = loadConfig()
const [first, ...more] = kafkaTopics
if (!first || !Array.isArray(kafkaBrokers)) {
  process.stderr.write(
    'learner: KAFKA_BROKERS is not set: the learner reads its training feed from Kafka, such as KAFKA_BROKERS=localhost:9092\n',
  )
  process.exit(2)
}
const kafka = new Kafka({ clientId: 'demo-learner', brokers: kafkaBrokers, logLevel: logLevel.NOTHING })
const learner = await serveLearner(kafka, { events: [first, ...more], ...demoTopics }, (line) =>
  process.stderr.write(`${line}\n`),
)
process.stdout.write('ready learner\n')
sayReady()

const reason = await Promise.race([toldToEnd(), learner.failed.catch((error: Error) => error)])
if (reason) process.stderr.write(`learner: ${reason.message}\n`)
await Promise.race([learner.close(), sleep(3000)])
process.exit(reason ? 1 : 0)
