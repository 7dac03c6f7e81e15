import type { Alarm, Return } from '@/lib/detect/detector'
import type { Arrival } from '@/lib/event/types'
import { type Cause, causeOf, featuresOf } from './cause'
import type { Subject } from './finding'
import { notePromptLabels, type PromptLabels, startPromptLabels } from './prompt-labels'
import { noteUsual, startUsual, type UsualState } from './usual'

/** What is remembered of a model's past, so that its alarms can be judged together. */
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

/** Causes kept in mind; older ones no longer explain anything. */
const maxCauses = 256
const maxVersions = 50

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

export const leave = (set: string[], features: readonly string[]): void => {
  for (const feature of features) if (!set.includes(feature)) set.push(feature)
}
const comeBack = (set: string[], features: readonly string[]): void => {
  for (const feature of features) if (set.includes(feature)) set.splice(set.indexOf(feature), 1)
}

export function remember(state: CoordinatorState, cause: Cause): void {
  state.causes.push(cause)
  if (state.causes.length > maxCauses) state.causes.shift()
}
