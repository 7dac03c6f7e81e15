import { accessSync, constants, readFileSync, statSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { type Golden, readGolden } from '@/ingest/golden'
import { type ReplayConfig, replayConfigSchema } from '@/lib/monitor/config'

export const replayUsage = `usage: npm run -s replay -- EVENTS.ndjson [--golden FILE] [--config FILE] [--scores] [--summary]

Reads events in order (CloudEvents, one JSON object a line; "-": standard input) and writes what Assay raises to standard output, one JSON
object a line: findings, changed verdicts, refused lines. It needs no database and no broker, and two runs give the same bytes.

  --golden FILE   NDJSON of rows, facts or reference outputs that are known to be clean
  --config FILE   JSON: {"models": {"<model>": {"task", "budget", "baseline", "seasonality", …}}}; every part optional
  --scores        also a line a training row, document, fact or update: {"type":"score","source","eventId","suspicion"}
  --summary       a last line with counts and the time taken
  --help          this text

exit code 0: read to the end, findings or not; 2: unusable arguments; 1: reading or writing failed on the way`

export interface ReplayArguments {
  readonly events: string
  readonly golden: Golden
  readonly config: ReplayConfig
  readonly scores: boolean
  readonly summary: boolean
}

/** @returns what to replay, or `help`. @throws UnusableArguments saying which argument is at fault. */
export function readReplayArguments(argv: readonly string[]): ReplayArguments | 'help' {
  const { values, positionals } = parse(argv)
  if (values.help) return 'help'
  const [events, ...rest] = positionals
  if (events === undefined)
    throw new UnusableArguments('which file? expected one file of events, such as events.ndjson')
  if (rest.length > 0)
    throw new UnusableArguments(`one file of events at a time, got ${positionals.length}: ${positionals.join(' ')}`)
  if (events !== '-') readable(events, 'events')
  if (values.golden !== undefined) readable(values.golden, '--golden')
  if (values.config !== undefined) readable(values.config, '--config')
  return {
    events,
    golden: values.golden === undefined ? new Map() : usable(() => readGolden(values.golden as string)),
    config: values.config === undefined ? { models: {} } : readConfig(values.config),
    scores: values.scores ?? false,
    summary: values.summary ?? false,
  }
}

export class UnusableArguments extends Error {}

function parse(argv: readonly string[]) {
  return usable(() =>
    parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        golden: { type: 'string' },
        config: { type: 'string' },
        scores: { type: 'boolean' },
        summary: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    }),
  )
}

function readConfig(path: string): ReplayConfig {
  const json = usable(() => JSON.parse(readFileSync(path, 'utf8')) as unknown, `--config ${path}: `)
  const parsed = replayConfigSchema.safeParse(json)
  if (!parsed.success) throw new UnusableArguments(`--config ${path}: ${z.prettifyError(parsed.error)}`)
  return parsed.data
}

function readable(path: string, argument: string): void {
  usable(() => {
    accessSync(path, constants.R_OK)
    if (statSync(path).isDirectory()) throw new Error('is a folder, expected a file')
  }, `${argument} ${path}: `)
}

function usable<T>(read: () => T, prefix = ''): T {
  try {
    return read()
  } catch (error) {
    throw new UnusableArguments(`${prefix}${(error as Error).message}`)
  }
}
