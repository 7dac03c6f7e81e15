/** `npm run demo`: everything `npm start` brings up, and a story on it: two real data streams, one attacked, one drifting (docs/demo.md). */
import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { Kafka, logLevel } from 'kafkajs'
import { firstAdminLink } from '@/lib/access/first-admin'
import { loadConfig } from '@/lib/config'
import { httpSink } from '@/lib/demo/http-sink'
import { kafkaSink } from '@/lib/demo/kafka-sink'
import { demoTopics } from '@/lib/demo/learner/serve'
import { summary } from '@/lib/demo/raised'
import { loadSms, loadWeather } from '@/lib/demo/sets'
import { storyEvents, storySeed } from '@/lib/demo/story'
import { tellStory } from '@/lib/demo/tell'
import { demoToken } from '@/lib/demo/token'
import { startEverything } from '@/lib/local/everything'
import { assayTopics, createTopics } from '@/lib/local/kafka-topics'
import { startPart } from '@/lib/local/part'
import { environmentOf } from '@/lib/local/services'
import { toldToEnd } from '@/lib/local/told-to-end'

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '150' },
    seed: { type: 'string', default: String(storySeed) },
    fast: { type: 'boolean' },
    write: { type: 'string' },
  },
  strict: true,
})
const seconds = values.fast ? 15 : Number(values.seconds)
const seed = Number(values.seed)
if (!(seconds > 0) || !Number.isSafeInteger(seed)) {
  process.stderr.write('usage: npm run demo -- [--seconds 150] [--seed 7] [--fast] [--write story.ndjson]\n')
  process.exit(2)
}

if (values.write !== undefined) {
  const { events } = storyEvents({ sms: loadSms(), weather: loadWeather() }, seed)
  writeFileSync(values.write, events.map((event) => `${JSON.stringify(event)}\n`).join(''))
  process.stderr.write(`${events.length} events written; npm run -s replay -- ${values.write}\n`)
  process.exit(0)
}

const root = resolve(import.meta.dirname, '..')
const say = (line: string) => process.stderr.write(`${line}\n`)
const end = new AbortController()
const told = toldToEnd().then(() => end.abort())
const stops: (() => Promise<unknown>)[] = []
try {
  const assay = await startEverything(loadConfig(), { root, say, signal: end.signal })
  stops.push(assay.stop)
  const { config, url } = assay
  const env = environmentOf(config)
  const brokers = config.kafkaBrokers
  const topic = config.kafkaTopics[0] ?? 'assay.events'
  if (brokers === 'none')
    say(
      'no Kafka: the learner, which reads its feed from Kafka, runs inside the feeder here, and everything goes over HTTP',
    )
  else {
    await createTopics(brokers, [...assayTopics(config.kafkaTopics), { topic: demoTopics.requests, partitions: 1 }])
    const learner = await startPart('learner', { root, home: config.home, env, say })
    stops.unshift(learner.stop)
    await learner.ready
  }
  const token = await demoToken({ root, home: config.home, url, env })
  const link = await firstAdminLink(config)
  process.stdout.write(`ready ${url}\n`)
  process.stdout.write(link ? `sign in once with ${link}\n` : `sign in at ${url}\n`)

  const raised = await tellStory({
    home: config.home,
    url,
    token,
    seed,
    seconds,
    nowMs: Date.now(),
    out: process.stdout,
    signal: end.signal,
    openSink: async (before, startMs) =>
      brokers === 'none'
        ? httpSink({ url, token, told: before, startMs })
        : kafkaSink(new Kafka({ clientId: 'demo-feeder', brokers, logLevel: logLevel.NOTHING }), {
            events: topic,
            requests: demoTopics.requests,
          }),
  })
  if (raised) process.stdout.write(`${summary(raised, url)}\n`)
  await told
} catch (error) {
  if (!end.signal.aborted) throw error
} finally {
  for (const stop of stops) await stop()
}
process.exit(0)
