import type { Alarm } from '@/lib/detect/detector'
import { type Cause, type Family, featuresOf, isInput, segmentOf } from './cause'

/** What the coordinator knows beside the causes near an alarm. */
export interface Surroundings {
  /** Features under a finding that makes their values worthless: a type, a unit, a swap, an outage. */
  readonly blocked: readonly string[]
  /** Features that left their approved baseline and are not back: products of their scores say nothing. */
  readonly away: readonly string[]
  /** Causes a few baselines back: a feature that goes on moving moves within its segments too. */
  readonly recent: readonly Cause[]
  /** All causes that are remembered. */
  readonly before: readonly Cause[]
  /** Labels come within a few hundred lines: then a learner that changes its predictions is doing its work. */
  readonly promptLabels: boolean
  /** The model publishes versions all the time, and labels come, if late. */
  readonly keepsLearning: boolean
  /** A version was announced near the onset. */
  readonly versionNear: boolean
}

/**
 * Is this alarm the doing of something that was said already? Then it stays silent: one cause is one finding and not thirty.
 * Whatever it says, its unit has re-armed.
 *
 * @param near causes whose span holds the alarm's onset, oldest first; returns to a baseline among them.
 * @returns why it is silent, or null. Source: recipes/drift.md §5.
 */
export function explained(alarm: Alarm, family: Family, near: readonly Cause[], around: Surroundings): string | null {
  const features = featuresOf(alarm.subject)
  const names = (cause: Cause) => features.some((feature) => cause.features.includes(feature))
  const said = (test: (cause: Cause) => boolean) => near.some(test)
  // Faulty values that later do not come at all are another fault.
  const outage = alarm.kind === 'quality.missing' && !said(names)
  if (features.some((feature) => around.blocked.includes(feature)) && family !== 'poison' && !outage)
    return 'its values are faulty'
  switch (family) {
    case 'quality':
      // Values that are all unknown, or spelled anew, are of another format too.
      return alarm.kind === 'quality.schema' && said((c) => names(c) && c.family === 'feature' && isFault(c))
        ? 'its values were said to be faulty'
        : null
    case 'feature':
      // Its own unit may speak again: that is a further change. Another unit of the feature has seen the same one.
      return said((c) => names(c) && c.unit !== alarm.unit && isOfFeature(c)) ? 'its move was said' : null
    case 'segment-feature': {
      const segment = segmentOf(alarm.subject)
      if (alarm.standing && around.before.some((c) => c.finding !== null && c.segment === segment && names(c)))
        return 'its move there was said, and goes on'
      return said((c) => names(c) && (c.family !== 'segment-feature' || c.segment !== segment || c.unit !== alarm.unit))
        ? 'the feature moved, here or elsewhere'
        : around.recent.some((c) => names(c) && c.family === 'feature')
          ? 'the feature is on the move'
          : null
    }
    case 'segment':
      return said((c) => c.family === 'segment' && c.segment === segmentOf(alarm.subject)) ? 'it was said' : null
    case 'pair':
      if (features.some((feature) => around.away.includes(feature))) return 'one of its features moved'
      return said((c) => (names(c) && (isInput(c.family) || c.finding === null)) || c.family === 'segment')
        ? 'one of its features moved, or the mix of segments'
        : null
    case 'prediction':
      if (said((c) => isInput(c.family))) return 'the inputs moved'
      if (said((c) => c.family === 'prediction' && c.finding !== null)) return 'it was said'
      if (around.promptLabels && !around.versionNear) return 'labels come at once, and tell more'
      // A model that keeps learning changes its answers with every version: that is its work. Labels tell whether for the worse.
      return around.keepsLearning && alarm.kind === 'drift.prediction' ? 'it keeps learning' : null
    case 'concept':
      return said((c) => c.finding !== null && isInput(c.family) && c.family !== 'pair') ? 'the inputs moved' : null
    default:
      return null
  }
}

const isFault = (cause: Cause) => cause.verdict === 'pipeline-bug' && cause.finding !== null
const isOfFeature = (cause: Cause) => cause.family === 'feature' || cause.family === 'segment-feature'

/** Kinds that make every later alarm of the feature the same fault. */
export function blocks(alarm: Alarm): boolean {
  return (
    alarm.kind === 'quality.schema' ||
    alarm.kind === 'quality.frozen' ||
    (alarm.kind === 'quality.range' && alarm.verdict === 'pipeline-bug') ||
    alarm.kind === 'quality.swap' ||
    (alarm.kind === 'quality.missing' && alarm.effect > 0.5)
  )
}
