import type { Alarm } from '@/lib/detect/detector'
import type { Arrival } from '@/lib/event/types'
import { featuresOf } from './cause'
import { addLabelRun, type LabelRuns, labelsWander, startLabelRuns } from './label-runs'

/**
 * The second level: is a true change also an unusual one for its unit? Prices, weather and demand change all the time; each change is real, and
 * together they are useless.
 *
 * A unit is taken for one that rests until it has shown otherwise: its first `freeChanges` changes page at once, and so does every change after a
 * stretch of calm as long as a baseline. A unit that never came to rest between its changes pages on records alone: a change a quarter greater than
 * every one before it. If its changes are exchangeable, the k-th is a record with probability 1/k at most, so a wandering unit pages like the logarithm
 * of its changes, not like their number. What is not paged is no finding; the unit has re-armed all the same.
 *
 * A feature that wanders by its baseline already has nothing free: its level is watched by its relation to the others (drift/usual/usual-relation), and
 * anything else about it pages as a record after two changes.
 *
 * Labels and errors are held to it only where labels come in runs by nature (`label-runs.ts`): where they are exchangeable, a rule that changes eight
 * times is eight changes. Faults (quality.*) and poisoning are never usual.
 */
export interface UsualState {
  /** By kind, unit and unit of effect. */
  units: Map<string, Habit>
  labels: LabelRuns
  /** Features that are never at rest, as a detector that compares them with the others says (drift/usual/usual-relation). */
  wandering: string[]
}

interface Habit {
  changes: number
  /** Event of the model at which the last one fired. */
  fired: number
  /** The greatest effect so far. */
  record: number
}

export interface Admission {
  readonly page: boolean
  readonly why: string
}

const freeChanges = 2
/** Effect unit of a change of level (drift/numeric/effect). */
const levelUnit = 'baseline standard deviations'
/** Events of the model without a change that make a new baseline: 2,000 rows with their labels, and a margin. */
const calmEvents = 5000
const margin = 1.25
/** Units kept in mind; beyond, the one that changed longest ago is forgotten. */
const mostUnits = 2048

export const startUsual = (): UsualState => ({ units: new Map(), labels: startLabelRuns(), wandering: [] })

export function noteWandering(state: UsualState, features: readonly string[]): void {
  state.wandering = [...features]
}

/** Takes what is needed of every event of the model. */
export function noteUsual(state: UsualState, { event }: Arrival): void {
  if (event.type === 'ml.label.v1') addLabelRun(state.labels, event.data.label)
}

/**
 * Judges a change and makes it part of what is usual. Every alarm of a unit passes here once, said or not. State is changed in place.
 *
 * @param place events of the model before this line, and lines of the stream to one of them.
 */
export function admit(
  state: UsualState,
  alarm: Alarm,
  place: { readonly seq: number; readonly index: number; readonly linesPerEvent: number },
): Admission {
  const wanders = featuresOf(alarm.subject).some((feature) => state.wandering.includes(feature))
  // An exchange is judged by levels, which a wandering feature has none of: its relations tell it.
  const byLevel = alarm.kind === 'quality.swap' && wanders
  if (alarm.beyondUsual) return { page: true, why: 'weighed against its usual changes by its detector' }
  if (byLevel) return { page: false, why: 'its relations to the others do not say so' }
  if (!alarm.kind.startsWith('drift.')) return { page: true, why: 'a fault is never usual' }
  const key = JSON.stringify([alarm.kind, alarm.unit, alarm.effectUnit])
  const habit = state.units.get(key) ?? { changes: 0, fired: Number.NEGATIVE_INFINITY, record: 0 }
  const size = Math.abs(alarm.effect)
  const onset = place.seq - (place.index - alarm.onsetIndex) / place.linesPerEvent
  const calm = onset - habit.fired >= calmEvents
  const record = size > margin * habit.record
  const restful = isOutput(alarm) && !labelsWander(state.labels)
  const page = wanders
    ? alarm.effectUnit !== levelUnit && habit.changes >= freeChanges && record
    : habit.changes < freeChanges || calm || record || restful
  state.units.delete(key)
  state.units.set(key, { changes: habit.changes + 1, fired: place.seq, record: Math.max(habit.record, size) })
  if (state.units.size > mostUnits) state.units.delete(state.units.keys().next().value as string)
  return {
    page,
    why: page ? 'unusual for it' : `usual for it: change ${habit.changes + 1}, none calm between, no record`,
  }
}

const isOutput = ({ kind }: Alarm) => kind === 'drift.label' || kind === 'drift.concept' || kind === 'drift.performance'
