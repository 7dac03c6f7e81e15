import { runWorker } from '@/ingest/main'

/** A worker in a process of its own, to be killed: its configuration is the first argument. */
const worker = await runWorker(JSON.parse(process.argv[2] as string), { sessionTimeoutMs: 3000 })
await worker.ready
process.stdout.write('ready\n')
process.on('SIGTERM', () => worker.stop().then(() => process.exit(0)))
