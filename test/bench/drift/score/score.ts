import type { Finding, Subject } from '@/lib/alert/finding'
import type { MadeStream, Truth } from './truth'

export interface Score {
  readonly truths: number
  readonly found: number
  readonly verdictsRight: number
  /** Lines from the first affected one to the finding, and from it to the estimated onset (absolute), of what was found. */
  readonly delays: readonly number[]
  readonly onsets: readonly number[]
  readonly falseFindings: readonly Finding[]
  readonly lines: number
}

/** Holds findings against what was put in. A finding is false when it names nothing that happened, or names it before it began. */
export function score(stream: MadeStream, findings: readonly Finding[]): Score {
  const used = new Set<Finding>()
  const delays: number[] = []
  const onsets: number[] = []
  let verdictsRight = 0
  for (const truth of stream.truths) {
    const named = findings.filter((finding) => names(finding, truth))
    const [first] = named
    for (const finding of named) used.add(finding)
    if (!first) continue
    delays.push(first.eventIndex - truth.from)
    onsets.push(Math.abs(first.onsetIndex - truth.from))
    if (!truth.verdicts || truth.verdicts.includes(first.verdict)) verdictsRight++
  }
  const falseFindings = findings.filter(
    (finding) =>
      !used.has(finding) &&
      !stream.truths.some((t) => t.follows?.includes(finding.kind) && finding.eventIndex >= t.from),
  )
  return {
    truths: stream.truths.length,
    found: delays.length,
    verdictsRight,
    delays,
    onsets,
    falseFindings,
    lines: stream.lines.length,
  }
}

function names(finding: Finding, truth: Truth): boolean {
  if (!truth.kinds.includes(finding.kind)) return false
  if (finding.eventIndex < truth.from || finding.eventIndex > (truth.to ?? Number.POSITIVE_INFINITY)) return false
  return Object.entries(truth.subject).every(
    ([key, value]) => JSON.stringify(finding.subject[key as keyof Subject]) === JSON.stringify(value),
  )
}
