import { quantile, row } from '../../drift/score/table'
import type { Score } from './score'
import type { Raised } from './truth'

export interface Result {
  readonly score: Score
  readonly dummy: Score
}

const heads = [
  'stream',
  'named',
  'partly',
  'delay: rows',
  'lines',
  'onset off',
  'accused falsely',
  'AP',
  'chance',
  'drift, quality',
  'µs a line',
  'dummy named',
  'dummy false',
  'dummy AP',
]

export const head = (): string => `${row(heads)}\n${row(heads.map(() => '---'))}`

const mean = (values: readonly number[]) => {
  const known = values.filter((v) => !Number.isNaN(v))
  return known.length ? (known.reduce((a, b) => a + b, 0) / known.length).toFixed(2) : '–'
}
const median = (values: readonly (number | null)[]) =>
  quantile(
    values.filter((v) => v !== null),
    0.5,
  ) ?? '–'

/** Kinds and how often: `poison.trigger ×3`. */
export function tally(findings: readonly Raised[]): string {
  const counts = new Map<string, number>()
  for (const { kind } of findings) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  return [...counts].map(([kind, n]) => `${kind}${n > 1 ? ` ×${n}` : ''}`).join(', ')
}

/** A line of the table: some streams together. */
export function tableRow(name: string, results: readonly Result[]): string {
  const own = results.map((result) => result.score)
  const other = results.map((result) => result.dummy)
  const due = own.filter((s) => s.due)
  const wrong = own.flatMap((s) => s.wrong)
  const slights = own.flatMap((s) => s.slights)
  const dueOther = other.filter((s) => s.due)
  return row([
    name,
    due.length ? `${due.filter((s) => s.found).length} of ${due.length}` : '–',
    due.filter((s) => !s.found && s.partly.length > 0).length || '',
    median(own.map((s) => s.delayRows)),
    median(own.map((s) => s.delayLines)),
    median(own.map((s) => s.onsetOff)),
    [`${wrong.length || ''} ${tally(wrong)}`.trim(), tally(slights)].filter(Boolean).join('; '),
    mean(own.map((s) => s.precision)),
    mean(own.map((s) => s.chance)),
    own.reduce((sum, s) => sum + s.others.length, 0),
    mean(own.map((s) => s.microsPerLine)),
    dueOther.length ? dueOther.filter((s) => s.found).length : '–',
    other.reduce((sum, s) => sum + s.wrong.length, 0),
    mean(other.map((s) => s.precision)),
  ])
}
