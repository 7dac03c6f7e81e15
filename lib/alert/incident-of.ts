import type { Alarm } from '@/lib/detect/detector'
import { type Cause, type Family, isNear, isOutput } from './cause'
import type { CoordinatorState } from './coordinator'

/** The cause whose incident this alarm joins. A poisoning joins the errors that it explains, and other poisonings; never an honest shift. */
export function kinOf(
  near: readonly Cause[],
  alarm: Alarm,
  family: Family,
  poison: Cause | undefined,
): Cause | undefined {
  const said = near.filter((cause) => cause.incident !== null)
  if (family === 'poison') {
    // Attackers who begin together are taken for one.
    return said.findLast((cause) => isOutput(cause.family) || cause.family === 'poison')
  }
  if (isOutput(family)) return poison ?? said.at(-1)
  return said.findLast((cause) => cause.family !== 'poison')
}

/** Answers that move back and forth while one poisoning lasts are said once. */
export const saidIn = (state: CoordinatorState, incident: string | null, { kind, unit }: Alarm): boolean =>
  state.causes.some((c) => c.finding !== null && c.incident === incident && c.kind === kind && c.unit === unit)

/** A feature that moved and is not back may go on to hurt: outputs join its incident. */
export function stillAway(state: CoordinatorState, alarm: Alarm, reach: number): Cause | undefined {
  return state.causes.findLast(
    (cause) =>
      cause.incident !== null &&
      cause.features.some((feature) => state.away.includes(feature)) &&
      isNear(cause, alarm.onsetIndex, reach),
  )
}
