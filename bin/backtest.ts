/** `npm run -s backtest -- --model M [--from T --to T] [--config FILE]`: a configuration over the stored past of a model. */
import { connect } from '@/db/client'
import { migrate } from '@/db/migrate'
import { assayItself, contextFor } from '@/lib/access/context-for'
import { AccessError } from '@/lib/access/errors'
import { backtestArguments, backtestUsage, UnusableBacktestArguments } from '@/lib/backtest/arguments'
import { cancelBacktest } from '@/lib/backtest/cancel'
import { readBacktest } from '@/lib/backtest/read'
import { type Progress, runBacktest } from '@/lib/backtest/run'
import { startBacktest } from '@/lib/backtest/start'
import { loadConfig } from '@/lib/config'
import { localServices } from '@/lib/local/services'

const say = (line: string) => process.stderr.write(`${line}\n`)
const print = (line: unknown) => process.stdout.write(`${JSON.stringify(line)}\n`)

process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))

function showProgress({ done, total }: Progress): void {
  if (!process.stderr.isTTY) return
  const width = 30
  const full = total > 0 ? Math.round((done / total) * width) : width
  const bar = `${'█'.repeat(full)}${'░'.repeat(width - full)}`
  process.stderr.write(`\r${bar} ${done.toLocaleString('en')} of ${total.toLocaleString('en')} events\x1b[K`)
  if (done >= total) process.stderr.write('\n')
}

async function main(): Promise<number> {
  const input = backtestArguments(process.argv.slice(2))
  if (input === 'help') {
    process.stdout.write(`${backtestUsage}\n`)
    return 0
  }
  const services = await localServices({ ...loadConfig(), kafkaBrokers: 'none' }, say)
  try {
    await migrate(services.config.databaseUrl)
    const { db, close } = connect(services.config.databaseUrl, { max: 2, applicationName: 'assay-backtest' })
    try {
      const ctx = contextFor(assayItself, db)
      const run = await startBacktest(ctx, input)
      const which = { id: input.id, run: run.id }
      // Ctrl-C leaves no run behind that nobody does.
      const cancel = () => void cancelBacktest(ctx, which).catch(() => process.exit(130))
      process.once('SIGINT', cancel).once('SIGTERM', cancel)
      const done = await runBacktest(ctx, run, showProgress)
      process.off('SIGINT', cancel).off('SIGTERM', cancel)
      if (!done) {
        say('backtest: cancelled')
        return 130
      }
      const { result } = await readBacktest(contextFor(assayItself, db), which)
      if (!result) return 0
      const { alarms, live, ...summary } = result
      for (const { fingerprint: _, alertId: _alert, resolution: _said, ...finding } of alarms)
        print({ type: 'finding', ...finding })
      print({
        type: 'summary',
        backtest: run.id,
        ...summary,
        alarms: done.alarms,
        incidents: done.incidents,
        raisedLive: live.length,
        raisedLiveAndHere: live.filter(({ found }) => found).length,
      })
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
  const unusable = error instanceof UnusableBacktestArguments
  const told = unusable || error instanceof AccessError
  say(`backtest: ${error instanceof Error ? (told ? error.message : (error.stack ?? error.message)) : String(error)}`)
  if (unusable) say('backtest: --help tells how it is used')
  process.exitCode = unusable ? 2 : 1
}
