import type { Alarm } from '@/lib/detect/detector'
import { accuse } from './accuse'
import { causeOf, familyOf, featuresOf, isNear, isOutput, peopleOf, sameRows } from './cause'
import { type CoordinatorState, leave, remember } from './coordinator'
import { blocks, explained } from './explained'
import type { Finding, VerdictChange } from './finding'
import { stableId } from './fingerprint'
import { kinOf, saidIn, stillAway } from './incident-of'
import { labelsArePrompt, labelsCome } from './prompt-labels'
import { findingOf, type Place } from './spoken'
import { admit } from './usual'

/** Onsets within this many events of the model are near. An estimated onset is this far off at its worst (drift recipe, §5). */
const nearEvents = 1500
/** A feature that moved within this many events may be moving still. */
const recentEvents = 6000
/** A source that was accused goes on to hurt for this many events: nobody may have held it back yet. */
const harmEvents = 10_000
/** Predictions and products of features may alarm a little before the feature that moves them: they wait for so many events. */
const holdEvents = 100
/** A model that has published so many versions keeps learning. */
const manyVersions = 3

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

/**
 * Whether an alarm is a finding, to which incident it belongs, and whether it changes what was said before.
 *
 * One cause is one incident: alarms whose onsets lie near one another share it, and what a cause explains stays silent (`explained.ts`). Errors that
 * rise while an accused source teaches are that source's doing and say so. Drift never silences poisoning.
 */
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
    before: state.causes,
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
  const finding = findingOf(alarm, place, id, incident, blamed ? poison : null)
  const said: (Finding | VerdictChange)[] = [finding]
  if (family === 'poison') said.push(...accuse(state, finding, near))
  if (blocks(alarm)) leave(state.blocked, featuresOf(alarm.subject))
  remember(state, causeOf({ ...alarm, eventIndex: place.index, verdict: finding.verdict }, id, incident))
  return said
}
