import { once } from 'node:events'
import postgres from 'postgres'
import type { WorkerConfig } from '@/ingest/main'
import type { Monitors } from '@/ingest/model/monitors'
import { kafkaSource } from '@/ingest/source/kafka'
import type { Source } from '@/ingest/source/port'
import { detectors } from '@/lib/detect/registry'

/**
 * A worker that says when all workers together have stored `count` messages. Arguments: configuration, messages, those of them that warm it up, detectors:
 * `off`, `all`, or the ids of those that run, comma separated. It joins its group, says `joined`, takes messages from when something comes on its standard
 * input, so that several begin at once, and says `begun` when it is warm.
 */
const [json, count, warmUp, watch] = process.argv.slice(2) as [string, string, string, string]
if (watch !== 'off' && watch !== 'all') keepDetectors(watch.split(','))
// Only now: a monitor takes the registry as it finds it when it is loaded.
const { runWorker } = await import('@/ingest/main')
const config = JSON.parse(json) as WorkerConfig
const none = (options: { model: string }) => ({
  model: options.model,
  accept: () => [],
  adopt: () => false,
  trust: () => {},
  snapshot: () => ({ version: 0, data: null }),
})
const off: Monitors = { create: none, restore: none }
const sql = postgres(config.databaseUrl, { max: 1 })
const stored = async () => Number((await sql`select coalesce(sum(next), 0) as n from ingest_offset`)[0]?.n)
const told = once(process.stdin, 'data')
let begun = false
told.then(() => {
  begun = true
})

function keepDetectors(ids: readonly string[]): void {
  const kept = detectors.filter(({ id }) => ids.includes(id))
  if (kept.length !== ids.length) throw new Error(`no such detectors: ${ids}`)
  ;(detectors as { length: number }).length = 0
  ;(detectors as (typeof kept)[number][]).push(...kept)
}

function held(source: Source): Source {
  return {
    ...source,
    start: (intake) =>
      source.start({
        ...intake,
        // What came before may belong to another by then: it is fetched again. Nothing waits here, or the group could not come together.
        offer: (from, delivery) =>
          begun ? intake.offer(from, delivery) : new Promise((go) => setTimeout(() => go(false), 100)),
      }),
  }
}

const kafka = kafkaSource({
  brokers: config.kafkaBrokers as readonly string[],
  topics: config.kafkaTopics,
  groupId: config.kafkaGroupId,
  sessionTimeoutMs: 8000,
  maxWaitMs: config.batchMs,
  log: () => {},
})
const worker = await runWorker(config, {
  sources: [held(kafka)],
  ...(watch === 'off' ? { monitors: off } : {}),
})
await worker.ready
process.stdout.write('joined\n')
await told
let first = 0
while (first <= Number(warmUp)) {
  first = await stored()
  await new Promise((done) => setTimeout(done, 5))
}
const started = performance.now()
const cpu = process.cpuUsage()
process.stdout.write('begun\n')
// Seldom while there is far to go: each question costs the database and this worker as much as several events.
for (let now = first; now < Number(count); now = await stored()) {
  const leftMs = ((performance.now() - started) * (Number(count) - now)) / (now - first)
  await new Promise((done) => setTimeout(done, Math.min(200, Math.max(20, leftMs / 4))))
}
const used = process.cpuUsage(cpu)
process.stdout.write(
  `${JSON.stringify({ events: Number(count) - first, ms: performance.now() - started, cpuMs: (used.user + used.system) / 1000 })}\n`,
)
process.exit(0)
