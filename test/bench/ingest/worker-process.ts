import postgres from 'postgres'
import { runWorker, type WorkerConfig } from '@/ingest/main'
import type { Monitors } from '@/ingest/model/load'

/** A worker that says when it has stored `count` messages. Arguments: configuration, messages, `on` or `off` (detectors). */
const [json, count, detectors] = process.argv.slice(2) as [string, string, string]
const config = JSON.parse(json) as WorkerConfig
const none = (options: { model: string }) => ({
  model: options.model,
  accept: () => [],
  snapshot: () => ({ version: 0, data: null }),
})
const off: Monitors = { create: none, restore: none }
const sql = postgres(config.databaseUrl, { max: 1 })
const stored = async () => Number((await sql`select coalesce(sum(next), 0) as n from ingest_offset`)[0]?.n)

await runWorker(config, detectors === 'off' ? { monitors: off } : {})
let first = 0
while (first === 0) first = await stored()
const started = performance.now()
const cpu = process.cpuUsage()
process.stdout.write('begun\n')
while ((await stored()) < Number(count)) await new Promise((done) => setTimeout(done, 20))
const used = process.cpuUsage(cpu)
process.stdout.write(
  `${JSON.stringify({ events: Number(count) - first, ms: performance.now() - started, cpuMs: (used.user + used.system) / 1000 })}\n`,
)
process.exit(0)
