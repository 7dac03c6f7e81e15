import type { Finding } from '@/lib/alert/finding'
import { fired, iso, onset } from './time'

const times = { onsetAt: iso(onset), firedAt: iso(fired) }

/** vendor-7 flips labels in spam; the rows behind it are stored events. */
export const flips = (eventIds: string[]): Finding => ({
  type: 'finding',
  id: 'f-flips',
  eventIndex: 5000,
  model: 'spam',
  kind: 'poison.label_flip',
  severity: 'critical',
  incident: 'i-flips',
  subject: { origin: 'vendor-7', label: 'ham', eventIds },
  onsetIndex: 4800,
  ...times,
  evidence: { logE: 10.36, threshold: 9.2, effect: 0.57, n: 104 },
  effectUnit: 'disagreement above the other sources',
  verdict: 'poisoning',
  why: 'vendor-7 flips labels: 61 % of its rows disagree with the model, 4 % elsewhere',
  test: 'Its disagreement is with one class and did not begin with a version; a moved world would show in every source.',
})

/** A feature of rain jumps: a unit of measure changed. */
export const jump = (id = 'jump', feature = 'temp_max'): Finding => ({
  type: 'finding',
  id: `f-${id}`,
  eventIndex: 5100,
  model: 'rain',
  kind: 'drift.feature',
  severity: 'warning',
  incident: `i-${id}`,
  subject: { feature },
  onsetIndex: 4700,
  ...times,
  evidence: { logE: 10.1, threshold: 9.2, effect: 0.81, n: 1840 },
  effectUnit: 'share of rows moved',
  verdict: 'pipeline-bug',
  why: `${feature} jumped: median 17.2 → 62.9, nothing else moved; looks like °C sent as °F`,
  test: 'One feature jumped in one window by an affine map; a season would move its neighbours too.',
  comparison: {
    bins: [0, 20, 40, 60, 80],
    reference: [0.6, 0.4, 0, 0, 0],
    current: [0, 0.1, 0.3, 0.5, 0.1],
    unit: 'numeric',
  },
})
