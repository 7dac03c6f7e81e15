import type { Alarm, Return } from '@/lib/detect/detector'
import { formatTime } from '@/lib/event/time'
import type { Arrival } from '@/lib/event/types'
import { type Cause, type Family, familyOf, featuresOf, isNear, isOutput, peopleOf, sameRows, segmentOf } from './cause'
import { blocks, explained } from './explained'
import type { Finding, Subject, VerdictChange } from './finding'
import { stableId } from './fingerprint'
import { labelsArePrompt, labelsCome, notePromptLabels, type PromptLabels, startPromptLabels } from './prompt-labels'
import { admit, noteUsual, startUsual, type UsualState } from './usual'

/**
 * Judges the alarms of one model together: which is a finding, to which incident it belongs, and whether it changes what was said before.
 *
 * One cause is one incident: alarms whose onsets lie near one another share it, and what a cause explains stays silent (`explained.ts`). Errors that
 * rise while an accused source teaches are that source's doing and say so. Drift never silences poisoning.
 */
export interface CoordinatorState {
  version: 3
  causes: Cause[]
  /** Who was accused by a finding, as `origin=…` or `labeler=…`: said once. */
  accused: string[]
  /** Features whose values are under a finding that makes them worthless, until they return. */
  blocked: string[]
  /** Features that left their approved baseline and are not back. */
  away: string[]
  /** Alarms that wait, for their cause may speak first; by the event of the model at which they are judged. */
  held: { alarm: Alarm; due: number }[]
  /** Lines of the latest versions; the first one a model ever shows is none. */
  versions: number[]
  labels: PromptLabels
  usual: UsualState
}

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

/** Onsets within this many events of the model are near. An estimated onset is this far off at its worst (drift recipe, §5). */
const nearEvents = 1500
/** A feature that moved within this many events may be moving still. */
const recentEvents = 6000
/** A source that was accused goes on to hurt for this many events: nobody may have held it back yet. */
const harmEvents = 10_000
/** Predictions and products of features may alarm a little before the feature that moves them: they wait for so many events. */
const holdEvents = 100
/** Causes kept in mind; older ones no longer explain anything. */
const maxCauses = 256
const maxVersions = 50
/** Implicated rows kept of a poisoning. */
const keptRows = 300
/** A model that has published so many versions keeps learning. */
const manyVersions = 3

export const startCoordinator = (): CoordinatorState => ({
  version: 3,
  causes: [],
  accused: [],
  blocked: [],
  away: [],
  held: [],
  versions: [],
  labels: startPromptLabels(),
  usual: startUsual(),
})

/** Takes what the coordinator must know of an event, before its alarms. @param seq events of the model before it. */
export function observe(state: CoordinatorState, arrival: Arrival, seq: number): void {
  notePromptLabels(state.labels, arrival, seq)
  noteUsual(state.usual, arrival)
  if (arrival.event.type !== 'ml.version.v1' || seq === 0) return
  state.versions.push(arrival.index)
  if (state.versions.length > maxVersions) state.versions.shift()
}

/** Judges the alarms that were held and are due at this line. @returns what is said, as `judge`. */
export function release(state: CoordinatorState, place: Place): (Finding | VerdictChange)[] {
  const due = state.held.filter((held) => held.due <= place.seq)
  state.held = state.held.filter((held) => held.due > place.seq)
  return due.flatMap((held) => say(state, held.alarm, place))
}

/** Takes an alarm of this line. @returns what is said: nothing, a finding, or a finding and the verdicts that it changes. State is changed in place. */
export function judge(state: CoordinatorState, alarm: Alarm, place: Place): (Finding | VerdictChange)[] {
  const family = familyOf(alarm.kind, alarm.subject)
  if (family !== 'prediction' && family !== 'pair') return say(state, alarm, place)
  state.held.push({ alarm, due: place.seq + holdEvents })
  return []
}

/** A unit went back to its approved baseline: no finding, but it explains what moves with it, and its values can be trusted again. */
export function noteReturn(state: CoordinatorState, back: Return): void {
  const features = featuresOf(back.subject)
  comeBack(state.blocked, features)
  if (!back.subject.segment) comeBack(state.away, features)
  remember(state, causeOf({ ...back, verdict: 'undetermined' }, null, null))
}

/** The level of a subject became its baseline, or an earlier one did again: it is at home there. */
export function noteAdopted(state: CoordinatorState, subject: Subject): void {
  const features = featuresOf(subject)
  comeBack(state.away, features)
  comeBack(state.blocked, features)
}

function say(state: CoordinatorState, alarm: Alarm, place: Place): (Finding | VerdictChange)[] {
  const slack = nearEvents * place.linesPerEvent
  const near = state.causes.filter((cause) => isNear(cause, alarm.onsetIndex, slack))
  const family = familyOf(alarm.kind, alarm.subject)
  const people = peopleOf(alarm.subject)
  // Errors that rise from the onset of a poisoning on, and for as long as it may hurt, are its doing.
  const harm = harmEvents * place.linesPerEvent
  const poison = state.causes.findLast((c) => c.family === 'poison' && isNear(c, alarm.onsetIndex, slack, harm))
  if (family === 'poison') {
    if (people.length > 0 && people.every((who) => state.accused.includes(who))) return []
    if (alarm.kind !== 'poison.deletion' && state.causes.some((cause) => sameRows(cause, alarm.subject))) return []
  }
  // Of an accused person it is not said that he is careless.
  if (family === 'person' && people.some((who) => state.accused.includes(who))) return []
  const blamed = isOutput(family) && poison !== undefined
  const around = {
    blocked: state.blocked,
    away: state.away,
    recent: state.causes.filter((cause) => isNear(cause, alarm.onsetIndex, recentEvents * place.linesPerEvent)),
    promptLabels: labelsArePrompt(state.labels),
    keepsLearning: state.versions.length >= manyVersions && labelsCome(state.labels),
    versionNear: state.versions.some((line) => Math.abs(line - alarm.onsetIndex) < slack && line <= place.index),
  }
  if (blamed && family === 'prediction' && saidIn(state, poison.incident, alarm)) return []
  if (!blamed && explained(alarm, family, near, around) !== null) return []
  if (family === 'feature') leave(state.away, featuresOf(alarm.subject))
  if (!blamed && !admit(state.usual, alarm, place).page) {
    remember(state, causeOf(alarm, null, null))
    return []
  }

  const id = stableId('f', [place.model, alarm.kind, alarm.unit, place.seq])
  const kin = kinOf(near, alarm, family, poison) ?? (isOutput(family) ? stillAway(state, alarm, harm) : undefined)
  const incident = kin?.incident ?? stableId('i', [place.model, alarm.kind, alarm.unit, place.seq])
  const finding: Finding = {
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
    verdict: blamed ? 'poisoning' : alarm.verdict,
    why: blamed ? `${alarm.why}; it rises while ${poison.origin ?? 'an accused source'} teaches` : alarm.why,
    test: alarm.test,
    ...(alarm.comparison ? { comparison: alarm.comparison } : {}),
  }
  const said: (Finding | VerdictChange)[] = [finding]
  if (family === 'poison') {
    state.accused.push(...people.filter((who) => !state.accused.includes(who)))
    for (const cause of state.causes) {
      if (cause.family !== 'person' || cause.finding === null || !people.includes(cause.unit)) continue
      if (cause.verdict === 'poisoning') continue
      cause.verdict = 'poisoning'
      const why = `called careless before, and accused by ${id} since: ${alarm.why}`
      said.push({ type: 'verdict', finding: cause.finding, eventIndex: place.index, verdict: 'poisoning', why })
    }
    for (const cause of near) {
      if (!isOutput(cause.family) || cause.finding === null || cause.verdict === 'poisoning') continue
      cause.verdict = 'poisoning'
      const why = `the same onset as ${id}: ${alarm.why}`
      said.push({ type: 'verdict', finding: cause.finding, eventIndex: place.index, verdict: 'poisoning', why })
    }
  }
  if (blocks(alarm)) leave(state.blocked, featuresOf(alarm.subject))
  remember(state, causeOf({ ...alarm, eventIndex: place.index, verdict: finding.verdict }, id, incident))
  return said
}

const leave = (set: string[], features: readonly string[]): void => {
  for (const feature of features) if (!set.includes(feature)) set.push(feature)
}
const comeBack = (set: string[], features: readonly string[]): void => {
  for (const feature of features) if (set.includes(feature)) set.splice(set.indexOf(feature), 1)
}

/** What moved is a cause of what moves with it, whether it was said (a finding in an incident) or not: a return, a usual change. */
function causeOf(
  moved: Omit<Return, 'kind'> & Pick<Alarm, 'kind' | 'verdict'>,
  finding: string | null,
  incident: string | null,
): Cause {
  const { kind, unit, subject, onsetIndex, eventIndex, verdict } = moved
  return {
    finding,
    incident,
    kind,
    family: familyOf(kind, subject),
    unit,
    features: featuresOf(subject),
    segment: segmentOf(subject),
    onsetIndex,
    eventIndex,
    verdict,
    origin: subject.origin ?? null,
    rows: familyOf(kind, subject) === 'poison' && finding !== null ? (subject.eventIds ?? []).slice(0, keptRows) : [],
  }
}

function remember(state: CoordinatorState, cause: Cause): void {
  state.causes.push(cause)
  if (state.causes.length > maxCauses) state.causes.shift()
}

/** The cause whose incident this alarm joins. A poisoning joins the errors that it explains, and other poisonings; never an honest shift. */
function kinOf(near: readonly Cause[], alarm: Alarm, family: Family, poison: Cause | undefined): Cause | undefined {
  const said = near.filter((cause) => cause.incident !== null)
  if (family === 'poison') {
    // Attackers who begin together are taken for one.
    return said.findLast((cause) => isOutput(cause.family) || cause.family === 'poison')
  }
  if (isOutput(family)) return poison ?? said.at(-1)
  return said.findLast((cause) => cause.family !== 'poison')
}

/** Answers that move back and forth while one poisoning lasts are said once. */
const saidIn = (state: CoordinatorState, incident: string | null, { kind, unit }: Alarm): boolean =>
  state.causes.some((c) => c.finding !== null && c.incident === incident && c.kind === kind && c.unit === unit)

/** A feature that moved and is not back may go on to hurt: outputs join its incident. */
function stillAway(state: CoordinatorState, alarm: Alarm, reach: number): Cause | undefined {
  return state.causes.findLast(
    (cause) =>
      cause.incident !== null &&
      cause.features.some((feature) => state.away.includes(feature)) &&
      isNear(cause, alarm.onsetIndex, reach),
  )
}

function round(value: number, digits: number): number {
  if (!Number.isFinite(value)) return value > 0 ? 1e9 : value < 0 ? -1e9 : 0
  const rounded = Number(value.toFixed(digits))
  return Object.is(rounded, -0) ? 0 : rounded
}
