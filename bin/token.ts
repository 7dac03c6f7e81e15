/** `npm run -s token -- --name N --scopes ingest,read,act [--models a,b] [--days 30]`: prints a new API token, and nothing else on standard output. */
import { connect } from '@/db/client'
import { migrate } from '@/db/migrate'
import { assayItself, contextFor } from '@/lib/access/context-for'
import { loadConfig } from '@/lib/config'
import { localServices } from '@/lib/local/services'
import { tokenArguments, tokenUsage, UnusableTokenArguments } from '@/lib/token/arguments'
import { createToken } from '@/lib/token/create'

const say = (line: string) => process.stderr.write(`${line}\n`)

async function main(): Promise<number> {
  const input = tokenArguments(process.argv.slice(2))
  if (input === 'help') {
    say(tokenUsage)
    return 0
  }
  const services = await localServices({ ...loadConfig(), kafkaBrokers: 'none' }, say)
  try {
    await migrate(services.config.databaseUrl)
    const { db, close } = connect(services.config.databaseUrl, { max: 1, applicationName: 'assay-token' })
    try {
      const { secret } = await createToken(contextFor(assayItself, db), input)
      process.stdout.write(`${secret}\n`)
    } finally {
      await close()
    }
  } finally {
    await services.stop()
  }
  return 0
}

try {
  process.exitCode = await main()
} catch (error) {
  say(`token: ${error instanceof Error ? error.message : String(error)}`)
  process.exitCode = error instanceof UnusableTokenArguments ? 2 : 1
}
