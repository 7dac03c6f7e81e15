import { poissonInterval } from '@/lib/evidence/poisson-interval'
import type { ModelConfig } from '@/lib/monitor/config'
import type { Rate, Realised } from '@/lib/view/rate'

const dayMs = 86_400_000
const usualDays = 30

/** An incident, and what a person said of it. */
export interface Judged {
  readonly incident: string
  readonly resolution: 'real' | 'false-alarm' | null
}

/**
 * The promise beside what came of it, in the budget's own period: so many days of event time, or so many events. An incident counts once, however many
 * alarms it has. Intervals are exact for a Poisson count, 95 %.
 */
export function realisedRates(
  budget: ModelConfig['budget'],
  judged: readonly Judged[],
  span: { readonly ms: number; readonly events: number },
): Realised {
  const perEvents = budget && 'perEvents' in budget ? budget.perEvents : null
  const perDays = perEvents !== null ? null : budget && 'perDays' in budget ? budget.perDays : usualDays
  const periods = perEvents !== null ? span.events / perEvents : span.ms / ((perDays ?? usualDays) * dayMs)
  const byIncident = new Map<string, Judged['resolution']>()
  // One alarm that a person knows to be real makes its incident real.
  for (const { incident, resolution } of judged)
    byIncident.set(incident, mostReal(byIncident.get(incident) ?? null, resolution))
  const said = [...byIncident.values()]
  const falseAlarm = said.filter((resolution) => resolution === 'false-alarm').length
  const real = said.filter((resolution) => resolution === 'real').length
  return {
    promised: budget?.falseIncidents ?? 1,
    perDays,
    perEvents,
    periods,
    incidents: said.length,
    falseAlarm,
    real,
    notSaid: said.length - falseAlarm - real,
    knownFalse: rateOf(falseAlarm, periods),
    ifNotReal: rateOf(said.length - real, periods),
  }
}

const mostReal = (a: Judged['resolution'], b: Judged['resolution']) =>
  a === 'real' || b === 'real' ? 'real' : (a ?? b)

function rateOf(count: number, periods: number): Rate | null {
  if (!(periods > 0)) return null
  const [low, high] = poissonInterval(count)
  return { count, value: count / periods, low: low / periods, high: high / periods }
}
