import { type Connection, connect } from '@/db/client'
import { type Config, loadConfig, publicUrl } from '@/lib/config'
import { type Auth, makeAuth } from './auth'
import { assaySecret } from './secret'

/** What every request of a web process shares. */
export interface Runtime {
  readonly config: Config
  readonly connection: Connection
  readonly auth: Auth
}

const key = Symbol.for('assay.runtime')
const store = globalThis as { [key]?: Runtime }

/** Made at the first request, from the environment. Next compiles routes and pages apart, so it is kept where both find it. */
export function runtime(): Runtime {
  store[key] ??= makeRuntime(loadConfig())
  return store[key]
}

export function makeRuntime(config: Config): Runtime {
  if (!config.databaseUrl) throw new Error('DATABASE_URL is not set: start the app with npm start or npm run web')
  const connection = connect(config.databaseUrl, { max: 12, applicationName: 'assay-web' })
  const auth = makeAuth(connection.db, { secret: assaySecret(config), baseUrl: publicUrl(config) })
  return { config, connection, auth }
}

/** Another one in its place, for tests. @returns the one before. */
export function swapRuntime(next: Runtime | undefined): Runtime | undefined {
  const before = store[key]
  if (next) store[key] = next
  else delete store[key]
  return before
}
