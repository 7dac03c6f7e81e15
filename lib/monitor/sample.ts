import type { Detector, UnitStanding } from '@/lib/detect/detector'
import type { EvidenceSample, SourceStanding } from '@/lib/monitor/output'

/** Units sampled a detector: the worst ones; a screen shows no more. */
const maxUnits = 40
const maxSources = 200

interface At {
  readonly index: number
  readonly timeMs: number
}

/**
 * Where every detector's units and sources stand at this line, worst first. Changes nothing.
 *
 * @param wandering features that are never at rest: their levels cross all the time and page nobody, so only their usual change is shown.
 */
export function sample(
  detectors: readonly Detector[],
  states: Readonly<Record<string, { readonly state: unknown }>>,
  at: At,
  wandering: readonly string[] = [],
): (EvidenceSample | SourceStanding)[] {
  const outputs: (EvidenceSample | SourceStanding)[] = []
  const where = { eventIndex: at.index, timeMs: at.timeMs }
  for (const detector of detectors) {
    const state = states[detector.id]?.state
    for (const unit of detector.standing(state, maxUnits))
      if (!isLevel(unit, wandering)) outputs.push({ type: 'evidence', ...where, ...unit })
    for (const source of detector.sources?.(state, maxSources) ?? [])
      outputs.push({ type: 'source', ...where, ...source })
  }
  return outputs
}

const isLevel = ({ kind, unit, subject }: UnitStanding, wandering: readonly string[]): boolean =>
  kind === 'drift.feature' &&
  !unit.startsWith('relation') &&
  subject.segment === undefined &&
  subject.feature !== undefined &&
  wandering.includes(subject.feature)
