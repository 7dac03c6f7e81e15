import type { AlertKind } from './finding'

const bySource =
  'The relabelled sample agrees with the source: its labels stand when someone else looks at the same rows, and its rate stays where it is.'
const input =
  'The new level holds, all sources and versions show it alike, and the error on labelled predictions stays within its interval.'
const output =
  'The error falls back as labels of the same days keep coming in, or the inputs turn out to have moved at the same onset.'
const quality =
  'The owner of the feature knows of the change and can name the release; after it is mended the evidence falls and stays down.'

/** What of a kind would speak against its alert, where its family's answer is not the one to give. */
const own: Readonly<Partial<Record<AlertKind, string>>> = {
  'drift.multivariate':
    'Each of the features stays where it was, the error on labelled predictions does not move, and someone can say why they go together in another way now: a new product, a new join.',
  'drift.prediction':
    'The inputs moved at the same onset and the labels follow the predictions: the model answers another world rightly. Predictions that move alone, with a version, are the model’s own doing.',
  'drift.label':
    'The predictions move with the labels, all labelers and sources show it alike, and the error stays within its interval: there is more of one class now.',
  'drift.segment':
    'Someone knows of the launch, the campaign or the closed market; the new mix holds, and the error within each segment stays where it was.',
  'drift.performance':
    'The labels, once they come, show the error where it was before: an estimate stands on the model’s own confidence, and confidence can move without the error.',
  'drift.concept': output,
  'quality.volume':
    'A holiday, a campaign or a planned stop explains it, the shares of segments and sources stay what they were, and the rate comes back by itself.',
  'quality.schema':
    'The producer announced the change, and every version that reads the feature knows the new type, the new name or the new category.',
  'quality.missing':
    'The feature is optional and its producer can say why it is left out now; rows without it are judged as well as those with it.',
  'quality.frozen':
    'The thing that is measured really stands still: its neighbours stand still too, and the value moves again without a release.',
  'quality.range':
    'The values are right: a sample checked against their origin agrees, in the unit that the baseline has.',
  'quality.swap':
    'The two were in each other’s place before, and a release put them right; the error falls from the onset on.',
  'quality.labeler': bySource,
}

/** What to expect next if this were benign: what would speak against the alert. */
export function ifBenign(kind: AlertKind): string {
  const said = own[kind]
  if (said !== undefined) return said
  if (kind.startsWith('poison.')) return bySource
  return kind.startsWith('quality.') ? quality : input
}
