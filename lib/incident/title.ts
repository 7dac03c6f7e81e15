import type { AlertKind, Subject } from '@/lib/alert/finding'

const names: Readonly<Partial<Record<AlertKind, string>>> = {
  'drift.feature': 'Feature moved',
  'drift.multivariate': 'Relations changed',
  'drift.prediction': 'Predictions moved',
  'drift.label': 'Labels moved',
  'drift.concept': 'Errors rose',
  'drift.performance': 'Estimated errors rose',
  'drift.segment': 'Segments moved',
  'quality.schema': 'Schema changed',
  'quality.missing': 'Values missing',
  'quality.range': 'Values out of range',
  'quality.frozen': 'Values frozen',
  'quality.swap': 'Features swapped',
  'quality.volume': 'Volume changed',
  'quality.labeler': 'Careless labeler',
  'poison.label_flip': 'Labels flipped',
  'poison.trigger': 'Trigger planted',
  'poison.clean_label': 'Clean-label poison',
  'poison.availability': 'Model made useless',
  'poison.targeted': 'Targeted poison',
  'poison.injection': 'Flood of rows',
  'poison.slow': 'Slow poison',
  'poison.deletion': 'Rows withheld',
  'poison.logic': 'Facts corrupted',
  'poison.federated': 'Hostile client',
  'poison.retrieval': 'Retrieval poisoned',
  'poison.integrity': 'Batch altered',
  'poison.bypass': 'Authorization bypass',
  'poison.privacy': 'Privacy attack',
}

const shown = [
  'origin',
  'origins',
  'client',
  'clients',
  'labeler',
  'feature',
  'features',
  'pattern',
  'feed',
  'version',
  'batch',
  'item',
  'label',
] as const

/** Two or three words and what it is about: `Labels flipped: vendor-7`. */
export function titleOf(kind: AlertKind, subject: Subject): string {
  const name = names[kind] ?? kind
  const segment = Object.entries(subject.segment ?? {}).map(([key, value]) => `${key} ${value}`)
  const where = segment.join(', ')
  for (const key of shown) {
    const value = subject[key]
    const many = Array.isArray(value) && value.length > 0
    if (!many && typeof value !== 'string' && typeof value !== 'number') continue
    const what = many ? listed(value) : `${value}`
    return `${name}: ${what}${where ? ` in ${where}` : ''}`
  }
  return where ? `${name}: ${where}` : name
}

const listed = (names: readonly string[]) =>
  `${names.slice(0, 3).join(', ')}${names.length > 3 ? ` and ${names.length - 3} more` : ''}`
