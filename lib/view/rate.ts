/** So many a period of the budget, with an exact 95 % interval. */
export interface Rate {
  count: number
  value: number
  low: number
  high: number
}

/** What was promised, and what came of it: incidents over a stretch of events, and what people said of them when they closed them. */
export interface Realised {
  /** False incidents a period, as promised. */
  promised: number
  /** The period: days of event time, or events. */
  perDays: number | null
  perEvents: number | null
  /** Periods that the stretch covers. */
  periods: number
  incidents: number
  falseAlarm: number
  real: number
  /** Still open, or closed without saying. */
  notSaid: number
  /** Those known to be false; null: the stretch has no length. */
  knownFalse: Rate | null
  /** Were all those false that nobody has called real: the most that can be held against the promise. */
  ifNotReal: Rate | null
}
