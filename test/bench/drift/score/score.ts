import type { Subject } from '@/lib/alert/finding'
import type { MadeStream, Raised, Truth } from '../stream/truth'

export interface Score {
  readonly name: string
  readonly seed: string
  readonly lines: number
  readonly truths: number
  readonly found: number
  readonly verdictsRight: number
  readonly verdictsDue: number
  /** Lines from the first affected one to the finding, and from it to the estimated onset (absolute), of what was found. */
  readonly delays: readonly number[]
  readonly onsets: readonly number[]
  /** Findings that name nothing that happened, or name it before it began. */
  readonly wrong: readonly Raised[]
  /** The same said again of one change; true consequences said beside it. */
  readonly repeats: readonly Raised[]
  readonly consequences: readonly Raised[]
  /** Of a recorded stream: what may be wrong or right. */
  readonly unjudged: readonly Raised[]
  readonly incidents: number
  /** Event time from the first line to the last. */
  readonly years: number
}

/** Holds findings against what was put in. Each counts once: for a truth, as its repeat, as its consequence, or as wrong. */
export function score(stream: MadeStream, findings: readonly Raised[]): Score {
  const delays: number[] = []
  const onsets: number[] = []
  const repeats: Raised[] = []
  const used = new Set<Raised>()
  let verdictsRight = 0
  let verdictsDue = 0
  for (const truth of stream.truths) {
    const [first, ...more] = findings.filter((finding) => !used.has(finding) && names(finding, truth))
    if (!first) continue
    used.add(first)
    delays.push(first.eventIndex - truth.from)
    onsets.push(Math.abs(first.onsetIndex - truth.from))
    if (truth.verdicts) {
      verdictsDue++
      if (truth.verdicts.includes(first.verdict)) verdictsRight++
    }
    for (const again of more) {
      // Another kind that names it too adds to it; the same kind says it twice, unless the change was still going on.
      used.add(again)
      if (again.kind === first.kind && again.onsetIndex > (truth.completeAt ?? truth.from)) repeats.push(again)
    }
  }
  const left = findings.filter((finding) => !used.has(finding))
  const consequences = left.filter((finding) => stream.truths.some((truth) => follows(finding, truth)))
  const others = left.filter((finding) => !consequences.includes(finding))
  return {
    name: stream.name,
    seed: stream.seed,
    lines: stream.lines.length,
    truths: stream.truths.length,
    found: delays.length,
    verdictsRight,
    verdictsDue,
    delays,
    onsets,
    wrong: stream.recorded ? [] : others,
    repeats: stream.recorded ? [] : repeats,
    consequences,
    unjudged: stream.recorded ? [...others, ...repeats] : [],
    incidents: new Set(findings.map((finding) => finding.incident)).size,
    years: yearsOf(stream),
  }
}

const ofModel = (finding: Raised, truth: Truth) => truth.model === undefined || truth.model === finding.model

function names(finding: Raised, truth: Truth): boolean {
  if (!truth.kinds.includes(finding.kind) || !ofModel(finding, truth)) return false
  if (finding.eventIndex < truth.from || finding.eventIndex > (truth.to ?? Number.POSITIVE_INFINITY)) return false
  return [truth.subject, ...(truth.orSubjects ?? [])].some((subject) => sameSubject(finding.subject, subject))
}

function follows(finding: Raised, truth: Truth): boolean {
  if (finding.eventIndex < truth.from || !ofModel(finding, truth)) return false
  return (truth.follows ?? []).some((follow) =>
    typeof follow === 'string'
      ? follow === finding.kind
      : follow.kind === finding.kind && follow.feature === finding.subject.feature,
  )
}

/** Names what moved and nothing else. */
function sameSubject(said: Subject, meant: Subject): boolean {
  return key(said) === key(meant)
}

function key({ feature, features, segment }: Subject): string {
  const where = Object.entries(segment ?? {}).sort(([a], [b]) => (a < b ? -1 : 1))
  return JSON.stringify([feature ?? null, [...(features ?? [])].sort(), where])
}

const yearMs = 365.25 * 86_400_000
function yearsOf({ lines }: MadeStream): number {
  const timeOf = (line: object | undefined) => Date.parse((line as { time: string }).time)
  return (timeOf(lines.at(-1)) - timeOf(lines[0])) / yearMs
}
