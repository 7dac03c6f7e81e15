import type { AlertKind, Severity, Subject, Verdict } from '@/lib/alert/finding'
import type { AlertItem } from '@/lib/view/alert'
import type { Health } from '@/lib/view/model'
import type { StatusKind } from './status-icon'

/** What a kind is called on screen; the id itself stands beside it, small. */
export const kindWords: Record<AlertKind, string> = {
  'drift.feature': 'A feature moved',
  'drift.multivariate': 'Relations changed',
  'drift.prediction': 'Predictions moved',
  'drift.label': 'Labels moved',
  'drift.concept': 'The rule changed',
  'drift.performance': 'Estimated errors rose',
  'drift.segment': 'The mix moved',
  'quality.schema': 'Schema changed',
  'quality.missing': 'Values missing',
  'quality.range': 'Values out of range',
  'quality.frozen': 'A feature froze',
  'quality.swap': 'Features swapped',
  'quality.volume': 'Volume changed',
  'quality.labeler': 'A careless labeler',
  'poison.label_flip': 'Labels flipped',
  'poison.trigger': 'A trigger planted',
  'poison.clean_label': 'Clean-label poisoning',
  'poison.availability': 'The feed was spoiled',
  'poison.targeted': 'One target attacked',
  'poison.injection': 'Rows injected',
  'poison.slow': 'Slow poisoning',
  'poison.deletion': 'Rows deleted',
  'poison.logic': 'Facts contradict',
  'poison.federated': 'A client misbehaves',
  'poison.retrieval': 'Documents poisoned',
  'poison.integrity': 'Integrity broken',
  'poison.bypass': 'The gate was bypassed',
  'poison.privacy': 'Privacy attacked',
}

/** What the strip of a kind is called where nothing has happened yet: what is watched, not what went wrong. */
export const streamWords: Readonly<Record<string, string>> = {
  'drift.feature': 'Inputs',
  'drift.multivariate': 'How inputs go together',
  'drift.prediction': 'Predictions',
  'drift.label': 'Labels',
  'drift.concept': 'Errors',
  'drift.performance': 'Errors, estimated without labels',
  'drift.segment': 'Mix of segments',
  'quality.schema': 'Types and categories',
  'quality.missing': 'Missing values',
  'quality.range': 'Ranges and units',
  'quality.frozen': 'Values that stand still',
  'quality.swap': 'Columns in each other’s place',
  'quality.volume': 'Volume of traffic',
  'quality.labeler': 'Labelers',
  'poison.label_flip': 'Training feed, labels against the model',
}

export const verdictWords: Record<Verdict, string> = {
  'benign-shift': 'benign shift',
  'concept-change': 'concept change',
  'model-regression': 'model regression',
  'pipeline-bug': 'pipeline bug',
  poisoning: 'poisoning',
  undetermined: 'cause undetermined',
}

export const isPoison = (kind: AlertKind): boolean => kind.startsWith('poison.')

/** What a mark shows for an alert: what it is while someone must look, and that it is over when it is. */
export function alertStatus(alert: {
  kind: AlertKind
  state: AlertItem['state']
  severity: Severity
  verdict: Verdict
}): StatusKind {
  if (alert.state === 'resolved') return 'ok'
  if (alert.state === 'snoozed') return 'silenced'
  if (isPoison(alert.kind) || alert.verdict === 'poisoning') return 'poisoning'
  return alert.severity === 'info' ? 'watch' : 'alarm'
}

/** Worst first; what is learning has nothing to say yet, what is silent may be broken. */
export const healthOrder: Record<Health, number> = {
  poisoning: 0,
  alarm: 1,
  watch: 2,
  'no-data': 3,
  silenced: 4,
  learning: 5,
  ok: 6,
}

/** Acronyms and effect units as detectors write them, for a reader. */
export const effectWords = (unit: string): string => unit.replaceAll('_', ' ')

/** What an alert is about, short enough for the cell of a table: `temp_max in region north`, `wind ↔ gust`. */
export function subjectWords(subject: Subject): string {
  const segment = Object.entries(subject.segment ?? {}).map(([key, value]) => `${key} ${value}`)
  const many = subject.features ?? subject.origins ?? subject.clients ?? subject.documentIds
  const name =
    subject.feature ??
    subject.origin ??
    subject.client ??
    subject.labeler ??
    subject.pattern ??
    subject.feed ??
    (many && `${many.slice(0, 3).join(', ')}${many.length > 3 ? ` and ${many.length - 3} more` : ''}`)
  const parts = [
    ...(name === undefined ? [] : [name]),
    ...(subject.version === undefined ? [] : [`version ${subject.version}`]),
    ...(subject.label === undefined ? [] : [`label ${subject.label}`]),
  ]
  const where = segment.join(', ')
  return parts.length === 0 ? where : `${parts.join(', ')}${where ? ` in ${where}` : ''}`
}
