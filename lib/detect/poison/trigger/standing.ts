import type { UnitStanding } from '@/lib/detect/detector'
import type { TriggerStanding } from '@/lib/monitor/output'
import { stateOf } from './alarm'
import type { TriggerState } from './state'

const strongestFirst = ({ accused }: TriggerState, limit: number) =>
  [...accused].sort((a, b) => b.logE - b.threshold - (a.logE - a.threshold)).slice(0, limit)

/** The accused patterns, strongest first: a pattern under watch is a hash until it is accused. */
export const triggerStanding = (state: TriggerState, limit: number): UnitStanding[] =>
  strongestFirst(state, limit).map(({ kind, pattern, label, logE, threshold, support }) => ({
    kind,
    unit: `pattern=${pattern} & label=${label}`,
    subject: { pattern, label },
    logE,
    threshold,
    effect: 1,
    n: support,
  }))

/** How each accused pattern stands, strongest first. */
export const triggersOf = (
  state: TriggerState,
  limit: number,
): Omit<TriggerStanding, 'type' | 'eventIndex' | 'timeMs'>[] =>
  strongestFirst(state, limit).map((accused) => {
    const { kind, pattern, label, onsetTimeMs, support, logE, threshold, canary, probes, probeFlips } = accused
    const state = stateOf(accused)
    return { kind, pattern, label, onsetTimeMs, support, logE, threshold, state, canary, probes, probeFlips }
  })
