import { parseArgs } from 'node:util'
import type { z } from 'zod'
import { scopes } from '@/lib/access/verbs'
import { createTokenInput } from './create'

export const tokenUsage = `usage: npm run -s token -- --name NAME --scopes ${scopes.join(',')} [--models a,b] [--days 30]`

export class UnusableTokenArguments extends Error {}

const words = (text: string) =>
  text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '')

/** @throws UnusableTokenArguments naming what is wrong, with the usage. */
export function tokenArguments(args: readonly string[]): z.input<typeof createTokenInput> | 'help' {
  const text = { type: 'string' } as const
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { name: text, scopes: text, models: text, days: text, help: { type: 'boolean', short: 'h' } },
    })
    if (values.help) return 'help'
    const parsed = createTokenInput.safeParse({
      name: values.name ?? '',
      scopes: words(values.scopes ?? ''),
      ...(values.models === undefined ? {} : { models: words(values.models) }),
      ...(values.days === undefined ? {} : { days: Number(values.days) }),
    })
    if (parsed.success) return parsed.data
    const [issue] = parsed.error.issues
    throw new Error(`--${String(issue?.path[0] ?? 'name')}: ${issue?.message}`)
  } catch (error) {
    throw new UnusableTokenArguments(`${(error as Error).message}\n${tokenUsage}`)
  }
}
