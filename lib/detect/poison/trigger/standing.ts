import type { UnitStanding } from '@/lib/detect/detector'
import type { TriggerState } from './state'

/** The accused patterns, strongest first: a pattern under watch is a hash until it is accused. */
export function triggerStanding(state: TriggerState, limit: number): UnitStanding[] {
  return [...state.accused]
    .sort((a, b) => b.logE - b.threshold - (a.logE - a.threshold))
    .slice(0, limit)
    .map((accused) => ({
      kind: 'poison.trigger',
      unit: `pattern=${accused.pattern} & label=${accused.label}`,
      subject: { pattern: accused.pattern, label: accused.label },
      logE: accused.logE,
      threshold: accused.threshold,
      effect: 1,
      n: accused.support,
    }))
}
