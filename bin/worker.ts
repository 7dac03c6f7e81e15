/** `npm run -s worker`: one ingest worker alone; any number may run side by side. */
import { migrate } from '@/db/migrate'
import { runWorker } from '@/ingest/main'
import { loadConfig } from '@/lib/config'
import { localServices } from '@/lib/local/services'
import { sayReady, toldToEnd } from '@/lib/local/told-to-end'

const told = toldToEnd()
const services = await localServices(loadConfig(), (line) => process.stderr.write(`${line}\n`))
await migrate(services.config.databaseUrl)
const worker = await runWorker(services.config)
worker.ready.then(() => {
  process.stdout.write('ready worker\n')
  sayReady()
})
await told
await worker.stop()
await services.stop()
process.exit(0)
