import type { Dossier } from './dossier'

/** What came with the data cannot become Markdown or HTML of the dossier: it is shown, never obeyed. */
const plain = (text: string) => text.replace(/\s+/g, ' ').replace(/[\\`*_{}[\]<>|#!~]/g, '\\$&')
const duration = (s: number | null) =>
  s === null
    ? 'not yet'
    : s < 120
      ? `${s.toFixed(0)} s`
      : s < 7200
        ? `${(s / 60).toFixed(0)} min`
        : `${(s / 3600).toFixed(1)} h`

/** A dossier as Markdown. */
export function dossierMarkdown({ incident, times, alerts, tasks, timeline }: Dossier): string {
  return [
    `# Incident ${incident.number}: ${plain(incident.title)}`,
    '',
    `| | |`,
    `|---|---|`,
    `| Model | ${plain(incident.model)} |`,
    `| State | ${incident.state} |`,
    `| Verdict | ${incident.verdict} |`,
    `| Severity | ${incident.severity} |`,
    `| First affected event | ${incident.onsetAt} |`,
    `| Opened | ${incident.openedAt} |`,
    `| Resolved | ${incident.resolvedAt ?? 'not yet'} |`,
    `| First affected event to first alarm, event time | ${duration(times.onsetToOpenedEventS)} |`,
    `| Opened to taken on | ${duration(times.openedToAcknowledgedS)} |`,
    `| Opened to resolved | ${duration(times.openedToResolvedS)} |`,
    '',
    '## Alerts',
    '',
    ...alerts.flatMap((alert) => [
      `- **${alert.kind}** (${alert.severity}, ${alert.verdict}, ${alert.state}) ${plain(alert.why)}`,
      `  Evidence ${alert.evidence.logE} against ${alert.evidence.threshold}, effect ${alert.evidence.effect} ${plain(alert.evidence.effectUnit)}, n ${alert.evidence.n}; onset ${alert.onsetAt}, fired ${alert.firedAt}; id ${alert.id}.`,
    ]),
    '',
    '## Tasks',
    '',
    ...tasks.map((task) => {
      const box = task.state === 'done' ? 'x' : ' '
      const how = task.evidence ? `: ${plain(task.evidence)}` : ''
      return `- [${box}] ${task.phase}: ${plain(task.title)} (${task.state}, ${plain(task.owner ?? 'no owner')}, due ${task.dueAt})${how}`
    }),
    '',
    '## Timeline',
    '',
    '| Recorded | Event time | Who | What |',
    '|---|---|---|---|',
    ...timeline.map(
      (entry) => `| ${entry.at} | ${entry.eventAt ?? ''} | ${plain(entry.actor)} | ${plain(entry.text)} |`,
    ),
    '',
  ].join('\n')
}
