import { hold } from './naming'
import { averagePrecision } from './precision'
import type { PoisonStream, Raised, Said } from './truth'

export interface Score {
  readonly name: string
  readonly base: string
  readonly attack: string
  readonly seed: string
  readonly real: boolean
  readonly lines: number
  readonly due: boolean
  readonly found: boolean
  /** The first right finding: rows of the attacker and lines until then, onset off by (absolute lines), verdict. */
  readonly delayRows: number | null
  readonly delayLines: number | null
  readonly onsetOff: number | null
  readonly verdict: string | null
  /** Names a right part of it and no wrong one, but with another kind, or without what matters. */
  readonly partly: readonly Raised[]
  /** Accusations (`poison.*`) of somebody or something else, or before anything was done. */
  readonly wrong: readonly Raised[]
  /** `quality.labeler` of somebody who was not careless. */
  readonly slights: readonly Raised[]
  /** Everything else that was raised: drift, quality. */
  readonly others: readonly Raised[]
  /** Average precision of the rows' suspicion at arrival; NaN where no row is bad. */
  readonly precision: number
  /** What suspicion by chance would have. */
  readonly chance: number
  readonly microsPerLine: number
}

export function score(stream: PoisonStream, { findings, scores, microsPerLine }: Said): Score {
  const { told } = stream
  const poison = findings.filter(({ kind }) => kind.startsWith('poison.'))
  // To call the guilty careless is no slight either.
  const bad = new Set([...stream.careless, ...(told?.origins ?? []), ...(told?.labelers ?? [])])
  const slights = findings.filter(
    ({ kind, subject }) => kind === 'quality.labeler' && !bad.has(subject.labeler ?? subject.origin ?? ''),
  )
  let first: Raised | null = null
  const partly: Raised[] = []
  const wrong: Raised[] = []
  for (const finding of poison) {
    if (!told || finding.eventIndex < told.from) {
      wrong.push(finding)
      continue
    }
    const named = hold(finding.subject, told)
    const isRight = told.ways.some(
      ({ kinds, by }) => kinds.includes(finding.kind) && by.every((part) => named.right.has(part)),
    )
    // Whoever is named has to be guilty; a pattern or a place that is another name for the right rows is no accusation of anybody else.
    const people = ['origin', 'labeler', 'item'] as const
    const accuses =
      people.some((part) => named.wrong.has(part)) ||
      (!named.right.has('rows') && (named.wrong.has('pattern') || named.wrong.has('place')))
    if (accuses || (named.right.size === 0 && !isRight)) wrong.push(finding)
    else if (!isRight || named.wrong.size > 0) partly.push(finding)
    else first ??= finding
  }
  const at = first?.eventIndex ?? 0
  const rows = [...scores.keys()].length
  return {
    name: stream.name,
    base: stream.base,
    attack: stream.attack,
    seed: stream.seed,
    real: stream.real,
    lines: stream.lines.length,
    due: told !== null,
    found: first !== null,
    delayRows: first && stream.badLines.filter((line) => line <= at).length,
    delayLines: first && at - (told?.from ?? 0),
    onsetOff: first && Math.abs(first.onsetIndex - (told?.from ?? 0)),
    verdict: first?.verdict ?? null,
    partly,
    wrong,
    slights,
    others: findings.filter(({ kind }) => !kind.startsWith('poison.') && kind !== 'quality.labeler'),
    precision: stream.bad.size ? averagePrecision(scores, stream.bad) : Number.NaN,
    chance: stream.bad.size ? stream.bad.size / Math.max(1, rows) : Number.NaN,
    microsPerLine,
  }
}
