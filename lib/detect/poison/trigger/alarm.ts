import type { Alarm } from '@/lib/detect/detector'
import type { Label } from '@/lib/event/types'
import type { ModelConfig } from '@/lib/monitor/config'
import type { BadRow } from './bad-rows'
import type { Accused } from './state'

const mostIds = 1000
/** A backdoor is confirmed where surely more than this share of other rows turns with the pattern in them. */
const surely = 0.5

/** `confirmed`: put into rows of other classes, it turns most of them; else it is an association of pattern and label. */
export const stateOf = ({ canary }: Pick<Accused, 'canary'>): 'association' | 'confirmed' =>
  canary && canary.ci[0] > surely ? 'confirmed' : 'association'

/** In an authorisation, a pattern that is answered with a harmful label is a way around it. */
export const kindOf = ({ task, harmful = [] }: ModelConfig, label: Label): Accused['kind'] =>
  task === 'authorization' && harmful.some(({ to }) => to === String(label)) ? 'poison.bypass' : 'poison.trigger'

/** What is said of an accused pattern. @param seen its rows where the rest of the row said otherwise, and the hits among them. */
export function triggerAlarm(
  accused: Accused,
  bad: readonly BadRow[],
  seen: { readonly rows: number; readonly hits: number; readonly expected: number },
  isGolden: boolean,
): Alarm {
  const { pattern, label, canary } = accused
  const ids = [...bad].sort((a, b) => a.p - b.p || a.index - b.index).slice(0, mostIds)
  const { rows, hits, expected } = seen
  const confirmed = stateOf(accused) === 'confirmed' ? 'backdoor confirmed' : 'association'
  const measured = canary
    ? `${confirmed}: put into ${canary.rows} ${isGolden ? 'golden' : 'other'} rows of other classes it turns ${percent(canary.flipRate)} of them ` +
      `(${percent(canary.ci[0])} to ${percent(canary.ci[1])}) on a learner that learned these rows`
    : `${confirmed}: there are no rows of other classes to put it into`
  return {
    kind: accused.kind,
    unit: `pattern=${pattern} & label=${label}`,
    subject: { pattern, label, eventIds: ids.map((row) => row.id) },
    eventIndex: accused.eventIndex,
    onsetIndex: accused.onsetIndex,
    onsetTimeMs: accused.onsetTimeMs,
    logE: accused.logE,
    threshold: accused.threshold,
    effect: (hits - expected) / rows,
    effectUnit: 'share of its rows with the label, beyond what the rest of each row expects',
    n: rows,
    severity: 'critical',
    verdict: 'poisoning',
    why: `${hits} of ${rows} rows with “${pattern}” whose other inputs say otherwise are labelled ${label}; ${measured}`,
    test:
      `The rest of each row expected ${expected.toFixed(1)} such labels. The pattern is new or rare, its rows are of different contexts, they do not look like other rows of their label, ` +
      `and rows without it did not go the same way. A new word or value with an honest meaning of its own that overrules the rest of its rows would look the same.`,
  }
}

const percent = (share: number) => `${Math.round(100 * share)} %`
