import type { AlertKind, Severity, Subject, Verdict } from '@/lib/alert/finding'
import { titleOf } from './title'

const severityRank: Record<Severity, number> = { info: 0, warning: 1, critical: 2 }
const verdictRank: Record<Verdict, number> = {
  undetermined: 0,
  'benign-shift': 1,
  'concept-change': 2,
  'model-regression': 3,
  'pipeline-bug': 4,
  poisoning: 5,
}

export const worseSeverity = (a: Severity, b: Severity): Severity => (severityRank[b] > severityRank[a] ? b : a)
export const worseVerdict = (a: Verdict, b: Verdict): Verdict => (verdictRank[b] > verdictRank[a] ? b : a)

interface Standing {
  readonly title: string
  readonly severity: Severity
  readonly verdict: Verdict
  readonly onsetAt: Date
}

/** What an incident is once a further finding joined it: the worst of both, since the earlier onset. A poisoning gives its name to what joined before. */
export function joined(
  incident: Standing,
  finding: { kind: AlertKind; subject: Subject; severity: Severity; verdict: Verdict; onsetAt: Date },
): Standing {
  const renamed = finding.kind.startsWith('poison.') && incident.verdict !== 'poisoning'
  return {
    title: renamed ? titleOf(finding.kind, finding.subject) : incident.title,
    severity: worseSeverity(incident.severity, finding.severity),
    verdict: worseVerdict(incident.verdict, finding.verdict),
    onsetAt: new Date(Math.min(finding.onsetAt.getTime(), incident.onsetAt.getTime())),
  }
}
