import type { AlertKind } from './finding'

const bySource =
  'The relabelled sample agrees with the source: its labels stand when someone else looks at the same rows, and its rate stays where it is.'
const input =
  'The new level holds, all sources and versions show it alike, and the error on labelled predictions stays within its interval.'
const output =
  'The error falls back as labels of the same days keep coming in, or the inputs turn out to have moved at the same onset.'
const quality =
  'The owner of the feature knows of the change and can name the release; after it is mended the evidence falls and stays down.'

/** What to expect next if this were benign: what would speak against the alert. */
export function ifBenign(kind: AlertKind): string {
  if (kind.startsWith('poison.')) return bySource
  if (kind.startsWith('quality.')) return quality
  if (kind === 'drift.concept' || kind === 'drift.performance') return output
  return input
}
