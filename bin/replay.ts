/** `npm run -s replay -- events.ndjson …`: Contract 3. */

import { once } from 'node:events'
import { createReadStream } from 'node:fs'
import { replay } from '@/ingest/replay'
import { readReplayArguments, replayUsage, UnusableArguments } from '@/ingest/replay-arguments'

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // The reader went away (`| head`): nothing is wrong.
  process.exit(error.code === 'EPIPE' ? 0 : 1)
})

const startedMs = performance.now()
try {
  const args = readReplayArguments(process.argv.slice(2))
  if (args === 'help') {
    process.stdout.write(`${replayUsage}\n`)
  } else {
    const input = args.events === '-' ? process.stdin : createReadStream(args.events, { highWaterMark: 1 << 18 })
    let pending: string[] = []
    let size = 0
    const flush = async () => {
      if (pending.length === 0) return
      const more = process.stdout.write(pending.join(''))
      pending = []
      size = 0
      if (!more) await once(process.stdout, 'drain')
    }
    const write = (line: unknown) => {
      const text = `${JSON.stringify(line)}\n`
      pending.push(text)
      size += text.length
      if (size > 1 << 16) return flush()
    }
    const summary = await replay(input, args, write)
    if (args.summary) await write({ ...summary, elapsedMs: Math.round(performance.now() - startedMs) })
    await flush()
  }
} catch (error) {
  const unusable = error instanceof UnusableArguments
  process.stderr.write(
    `replay: ${error instanceof Error ? (unusable ? error.message : (error.stack ?? error.message)) : String(error)}\n`,
  )
  if (unusable) process.stderr.write('replay: --help tells how it is used\n')
  process.exitCode = unusable ? 2 : 1
}
