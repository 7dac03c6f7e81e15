import type { Alarm } from '@/lib/detect/detector'
import { formatTime } from '@/lib/event/time'
import type { Cause } from './cause'
import type { Finding } from './finding'

/** The line at which alarms are judged, in its model. */
export interface Place {
  readonly model: string
  /** How many events of this model came before. */
  readonly seq: number
  readonly index: number
  readonly timeMs: number
  /** Lines of the stream to one event of this model: 1 where it is alone. */
  readonly linesPerEvent: number
}

/** An alarm as it is said. @param poison the poisoning that it is held to be the doing of. */
export function findingOf(alarm: Alarm, place: Place, id: string, incident: string, poison: Cause | null): Finding {
  return {
    type: 'finding',
    id,
    eventIndex: place.index,
    model: place.model,
    kind: alarm.kind,
    severity: alarm.severity,
    incident,
    subject: alarm.subject,
    onsetIndex: alarm.onsetIndex,
    onsetAt: formatTime(alarm.onsetTimeMs),
    firedAt: formatTime(place.timeMs),
    evidence: {
      logE: round(alarm.logE, 3),
      threshold: round(alarm.threshold, 3),
      effect: round(alarm.effect, 4),
      n: alarm.n,
    },
    effectUnit: alarm.effectUnit,
    verdict: poison ? 'poisoning' : alarm.verdict,
    why: poison ? `${alarm.why}; it rises while ${poison.origin ?? 'an accused source'} teaches` : alarm.why,
    test: alarm.test,
    ...(alarm.comparison ? { comparison: alarm.comparison } : {}),
  }
}

function round(value: number, digits: number): number {
  if (!Number.isFinite(value)) return value > 0 ? 1e9 : value < 0 ? -1e9 : 0
  const rounded = Number(value.toFixed(digits))
  return Object.is(rounded, -0) ? 0 : rounded
}
