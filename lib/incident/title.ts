import type { AlertKind, Subject } from '@/lib/alert/finding'

const names: Readonly<Partial<Record<AlertKind, string>>> = {
  'drift.feature': 'Feature moved',
  'drift.multivariate': 'Features moved together',
  'drift.prediction': 'Predictions moved',
  'drift.label': 'Labels moved',
  'drift.concept': 'Errors rose',
  'drift.performance': 'Estimated error rose',
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
] as const

/** Two or three words and what it is about: `Labels flipped: vendor-7`. */
export function titleOf(kind: AlertKind, subject: Subject): string {
  const name = names[kind] ?? kind
  for (const key of shown) {
    const value = subject[key]
    if (typeof value === 'string') return `${name}: ${value}`
    if (Array.isArray(value) && value.length > 0) {
      return `${name}: ${value.slice(0, 3).join(', ')}${value.length > 3 ? ` and ${value.length - 3} more` : ''}`
    }
  }
  return name
}
