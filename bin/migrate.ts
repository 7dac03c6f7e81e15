/** `npm run -s migrate`: brings the database schema up to date. */
import { migrate } from '@/db/migrate'
import { loadConfig } from '@/lib/config'
import { localServices } from '@/lib/local/services'

const services = await localServices({ ...loadConfig(), kafkaBrokers: 'none' }, () => {})
try {
  const applied = await migrate(services.config.databaseUrl)
  process.stderr.write(
    applied === 0 ? 'the database schema is up to date\n' : `${applied} migration${applied === 1 ? '' : 's'} applied\n`,
  )
} finally {
  await services.stop()
}
