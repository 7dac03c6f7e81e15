import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { modelConfigSchema, replayConfigSchema } from '@/lib/monitor/config'
import { backtestInput } from './start'

export const backtestUsage = `usage: npm run -s backtest -- --model MODEL [--from TIME] [--to TIME] [--config FILE]

Runs a configuration over the stored past of a model, in the order in which the events came, and writes what it would have raised to standard
output, one JSON object a line: the findings, then one summary with what was promised and what came of it. Nothing is raised and nobody is told.

  --model MODEL   the model
  --from, --to    event time, RFC 3339; without them, the whole stored past. The baseline is learned from the first events of the range
  --config FILE   JSON: {"models": {"<model>": {"budget", "baseline", "seasonality", …}}}, as a replay takes it, or the part of this model alone;
                  without it, the configuration that the model has now
  --help          this text`

export class UnusableBacktestArguments extends Error {}

type Input = z.input<typeof backtestInput>

/** @throws UnusableBacktestArguments naming the argument at fault. */
export function backtestArguments(args: readonly string[]): Input | 'help' {
  const text = { type: 'string' } as const
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { model: text, from: text, to: text, config: text, help: { type: 'boolean', short: 'h' } },
    })
    if (values.help) return 'help'
    if (!values.model) throw new Error('--model: which model? expected its id')
    const { model: id, from, to } = values
    const config = values.config === undefined ? undefined : readConfig(values.config, id)
    const parsed = backtestInput.safeParse({ id, from, to, config })
    if (parsed.success) return parsed.data
    const [issue] = parsed.error.issues
    throw new Error(`--${issue?.path.join('.')}: ${issue?.message}; expected a time such as 2026-11-01T09:30:00Z`)
  } catch (error) {
    throw new UnusableBacktestArguments((error as Error).message)
  }
}

/** A replay's configuration, of which this model's part counts, or that part alone. */
function readConfig(path: string, model: string): Input['config'] {
  const json = JSON.parse(readFileSync(path, 'utf8')) as unknown
  const whole = typeof json === 'object' && json !== null && 'models' in json
  const parsed = whole ? replayConfigSchema.safeParse(json) : modelConfigSchema.safeParse(json)
  if (!parsed.success) throw new Error(`--config ${path}: ${z.prettifyError(parsed.error)}`)
  if (!whole) return parsed.data as Input['config']
  const { models } = parsed.data as z.output<typeof replayConfigSchema>
  if (!(model in models)) throw new Error(`--config ${path}: models: expected an entry for ${model}`)
  return models[model]
}
