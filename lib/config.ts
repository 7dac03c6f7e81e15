import { resolve } from 'node:path'
import { type Variable, variables } from '@/lib/config-table'

/** Everything Assay is told from outside, parsed. Defaults and descriptions: `variables` in config-table.ts. */
export type Config = { readonly [K in keyof typeof variables]: Parsed<(typeof variables)[K]> }
type Parsed<V> = V extends Variable<infer T> ? T : never

/**
 * A setting that cannot be used. The message holds one line a wrong variable:
 * `PORT="web": expected a whole number from 0 to 65535, such as 4600`.
 */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

/**
 * Reads the configuration. An empty variable counts as unset. Relative folders are taken from the working directory.
 * @throws ConfigError naming every wrong variable at once.
 */
export function loadConfig(env: Readonly<Record<string, string | undefined>> = process.env): Config {
  const wrong: string[] = []
  const config: Record<string, unknown> = {}
  for (const [key, variable] of Object.entries(variables) as [string, Variable<unknown>][]) {
    const text = env[variable.name]?.trim() ?? ''
    const parsed = variable.schema.safeParse(text === '' ? variable.unset : text)
    if (parsed.success) config[key] = parsed.data
    else wrong.push(complaint(variable, text))
  }
  if (wrong.length > 0) throw new ConfigError(wrong.join('\n'))
  return { ...(config as Config), home: resolve(String(config.home)) }
}

/** The address at which people reach the app: what links in messages start with. No slash at the end. */
export function publicUrl(config: Pick<Config, 'baseUrl' | 'host' | 'port'>): string {
  if (config.baseUrl) return config.baseUrl
  const everywhere = config.host === '0.0.0.0' || config.host === '::'
  const host = everywhere ? 'localhost' : config.host
  return `http://${host.includes(':') ? `[${host}]` : host}:${config.port}`
}

function complaint(variable: Variable<unknown>, text: string): string {
  const shown = variable.private ? '(not shown)' : JSON.stringify(text)
  return `${variable.name}=${shown}: expected ${variable.accepts}, such as ${variable.example}`
}
