/** `npm run -s web`: the web app and the API alone. */
import { resolve } from 'node:path'
import { migrate } from '@/db/migrate'
import { loadConfig } from '@/lib/config'
import { environmentOf, localServices } from '@/lib/local/services'
import { sayReady, toldToEnd } from '@/lib/local/told-to-end'
import { serveWeb } from '@/lib/local/web-server'

const told = toldToEnd()
const services = await localServices(loadConfig(), (line) => process.stderr.write(`${line}\n`))
await migrate(services.config.databaseUrl)
// Routes and pages read their configuration from the environment.
Object.assign(process.env, environmentOf(services.config))
const web = await serveWeb(resolve(import.meta.dirname, '..'), services.config)
process.stdout.write(`ready ${web.url}\n`)
sayReady()
await told
await web.stop()
await services.stop()
process.exit(0)
