import { parseArgs } from 'node:util'

export interface Arguments {
  readonly seeds: readonly string[]
  readonly only: RegExp
  readonly perEvents: number
  readonly jobs: number
  readonly write: string | undefined
  readonly read: string | undefined
  readonly findings: boolean
  readonly dry: boolean
}

export function readArguments(args: readonly string[]): Arguments {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seeds: { type: 'string', default: 'report-1' },
      only: { type: 'string', default: '' },
      'per-events': { type: 'string', default: '100000' },
      jobs: { type: 'string', default: '1' },
      write: { type: 'string' },
      read: { type: 'string' },
      findings: { type: 'boolean', default: false },
      dry: { type: 'boolean', default: false },
    },
  })
  return {
    seeds: values.seeds.split(',').flatMap(range),
    only: new RegExp(values.only),
    perEvents: Number(values['per-events']),
    jobs: Number(values.jobs),
    write: values.write,
    read: values.read,
    findings: values.findings,
    dry: values.dry,
  }
}

/** `report-1..20` is twenty seeds. */
function range(seeds: string): string[] {
  const [, prefix = '', first, last] = /^(.*?)(\d+)\.\.(\d+)$/.exec(seeds) ?? []
  if (first === undefined) return [seeds]
  return Array.from({ length: Number(last) - Number(first) + 1 }, (_, i) => `${prefix}${Number(first) + i}`)
}
