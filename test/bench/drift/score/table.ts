import type { Score } from './score'

const heads = [
  'stream',
  'found',
  'verdicts',
  'delay, lines',
  'onset off: median',
  '90th',
  'wrong',
  'repeats',
  'false per 100k lines',
  'also said',
]

export const row = (cells: readonly unknown[]): string => `| ${cells.join(' | ')} |`
export const quantile = (values: readonly number[], p: number): number | undefined => {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(p * sorted.length))]
}

const sum = (scores: readonly Score[], of: (s: Score) => number) => scores.reduce((total, s) => total + of(s), 0)
export const falsePer100k = (scores: readonly Score[]): string =>
  (
    (1e5 * sum(scores, (s) => s.wrong.length + s.repeats.length)) /
    Math.max(
      1,
      sum(scores, (s) => s.lines),
    )
  ).toFixed(2)

/** A line of the table: some streams' scores together. False: wrong findings and repeats. */
export function tableRow(name: string, scores: readonly Score[]): string {
  const truths = sum(scores, (s) => s.truths)
  const wrong = scores.flatMap((s) => s.wrong)
  const counts = new Map<string, number>()
  for (const { kind } of wrong) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  const kinds = [...counts].map(([kind, count]) => ` ${kind}${count > 1 ? ` ×${count}` : ''}`).join(',')
  const offs = scores.flatMap((s) => s.onsets)
  return row([
    name,
    truths === 0 ? '–' : `${sum(scores, (s) => s.found)} of ${truths}`,
    `${sum(scores, (s) => s.verdictsRight)} of ${sum(scores, (s) => s.verdictsDue)}`,
    quantile(
      scores.flatMap((s) => s.delays),
      0.5,
    ) ?? '–',
    quantile(offs, 0.5) ?? '–',
    quantile(offs, 0.9) ?? '–',
    `${wrong.length}${kinds}`,
    sum(scores, (s) => s.repeats.length),
    falsePer100k(scores),
    sum(scores, (s) => s.consequences.length),
  ])
}

export const tableHead = (): string => `${row(heads)}\n${row(heads.map(() => '---'))}`

/** Recorded streams: what was put in is found or not; of the rest only the count by year of event time is known. */
export const recordedHead = (): string => {
  const cells = [
    'recorded stream',
    'lines',
    'years',
    'incidents a year',
    'findings a year',
    'put in: found',
    'verdicts',
    'delay, lines',
    'onset off',
  ]
  return `${row(cells)}\n${row(cells.map(() => '---'))}`
}

export function recordedRow(name: string, scores: readonly Score[]): string {
  const years = sum(scores, (s) => s.years)
  const truths = sum(scores, (s) => s.truths)
  const findings = sum(scores, (s) => s.unjudged.length + s.consequences.length + s.found)
  return row([
    name,
    sum(scores, (s) => s.lines),
    years.toFixed(1),
    (sum(scores, (s) => s.incidents) / years).toFixed(1),
    (findings / years).toFixed(1),
    truths === 0 ? '–' : `${sum(scores, (s) => s.found)} of ${truths}`,
    truths === 0 ? '–' : `${sum(scores, (s) => s.verdictsRight)} of ${sum(scores, (s) => s.verdictsDue)}`,
    quantile(
      scores.flatMap((s) => s.delays),
      0.5,
    ) ?? '–',
    quantile(
      scores.flatMap((s) => s.onsets),
      0.5,
    ) ?? '–',
  ])
}
