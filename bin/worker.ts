/** `npm run -s worker`: one ingest worker alone; any number may run side by side. */
import { migrate } from '@/db/migrate'
import { runWorker } from '@/ingest/main'
import { loadConfig } from '@/lib/config'
import { assayTopics, createTopics } from '@/lib/local/kafka-topics'
import { localServices } from '@/lib/local/services'
import { signOfLife } from '@/lib/local/sign-of-life'
import { sayReady, toldToEnd } from '@/lib/local/told-to-end'

const say = (line: string) => process.stderr.write(`${line}\n`)
const told = toldToEnd()
const services = await localServices(loadConfig(), say)
const { config } = services
await migrate(config.databaseUrl)
if (config.kafkaBrokers !== 'none') {
  // A broker that makes topics itself, or where someone else does, is just as good: the worker waits for what it reads.
  await createTopics(config.kafkaBrokers, assayTopics(config.kafkaTopics)).catch((error: Error) =>
    say(`could not make topics on ${config.kafkaBrokers}: ${error.message}`),
  )
}
const worker = await runWorker(config)
await Promise.race([worker.ready, told])
const endOfLife = signOfLife(config.home)
process.stdout.write('ready worker\n')
sayReady()
await told
await worker.stop()
endOfLife()
await services.stop()
process.exit(0)
