import type { Alarm } from '@/lib/detect/detector'

/** A unit of a segment that lives on a level not approved: it has seen a change there. */
export interface StandingUnit {
  readonly provisional: boolean
  readonly onsetRow: number
}

/** Part of an alarm's evidence that must have come from elsewhere. */
const borne = 0.5

/**
 * Of the units of a feature within single segment values: one that stands in a change, and whose rows must have borne an alarm of the whole feature, since
 * the rows outside say too little: neither since the alarm's onset nor since that change's. What moved in one segment alone goes on to move the whole a little.
 *
 * @param outside nats by which the rows [from, at hand] outside of the unit's segment say that the feature moved.
 */
export function standingIn<U extends StandingUnit>(
  units: readonly (U | null)[],
  alarm: Alarm,
  onsetRow: number,
  outside: (unit: U, from: number) => number,
): U | null {
  for (const unit of units) {
    if (!unit?.provisional) continue
    const most = borne * alarm.logE
    if (outside(unit, onsetRow) < most && outside(unit, unit.onsetRow) < most) return unit
  }
  return null
}
