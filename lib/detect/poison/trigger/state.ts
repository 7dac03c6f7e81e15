import type { Label } from '@/lib/event/types'
import type { Canary } from '@/lib/learn/golden/canary'
import { type BadRows, startBadRows } from './bad-rows'
import { type CanaryRows, startCanaryRows } from './canary-rows'
import { type History, startHistory } from './history'
import { type Marks, startMarks } from './marks'
import type { Refused } from './refused'
import { type SameNumber, startSameNumber } from './same-number'
import { startUnitTable, type UnitTable } from './unit-table'
import { startUsualReach, type UsualReach } from './usual-reach'
import { startWaves, type Waves } from './waves'

/** A pattern that was accused, for good: rows that bear it and its label are no evidence any more, and teach nothing. */
export interface Accused {
  kind: 'poison.trigger' | 'poison.bypass'
  pattern: string
  /** Keys of its parts (./candidates.ts); a row bears it when it bears them all. */
  keys: number[]
  y: number
  label: Label
  /** Rows that bore it with its label, at the accusation and since. */
  support: number
  logE: number
  threshold: number
  onsetIndex: number
  onsetTimeMs: number
  eventIndex: number
  /** Put into rows of other classes, on the exposed learner; null: there were no such rows. */
  canary: Canary | null
  /** Probes of the serving model that bear it, and those of them that it answers with the label. */
  probes: number
  probeFlips: number
}

/** All that the trigger detector keeps between events. */
export interface TriggerState {
  /** Rows that testified. */
  rows: number
  marks: Marks
  units: UnitTable
  bad: BadRows
  /** By class: rows of that label of late, and how unlike it they looked (./bet.ts), summed. Both decay. */
  labelled: number[]
  unlike: number[]
  /** Texts met of late, by hash: the same text again says nothing new. */
  texts: Uint32Array
  history: History
  waves: Waves
  usualReach: UsualReach
  sameNumber: SameNumber
  canaryRows: CanaryRows
  accused: Accused[]
  refused: Refused
  names: readonly Label[]
}

export const startTriggerState = (): TriggerState => ({
  rows: 0,
  marks: new Uint16Array(0),
  units: startUnitTable(),
  bad: startBadRows(),
  labelled: [],
  unlike: [],
  texts: new Uint32Array(0),
  history: startHistory(),
  waves: startWaves(),
  usualReach: startUsualReach(),
  sameNumber: startSameNumber(),
  canaryRows: startCanaryRows(),
  accused: [],
  refused: new Map(),
  names: [],
})

export const mostAccused = 200
const textBits = 13
const forget = 0.999

/** The tables, made when the first row testifies. */
export function makeRoom(state: TriggerState): void {
  if (state.marks.length > 0) return
  state.marks = startMarks()
  state.texts = new Uint32Array(1 << textBits)
}

/** @returns whether this very text was met of late. */
export function isRepeated(state: TriggerState, hash: number): boolean {
  const cell = hash >>> (32 - textBits)
  if (state.texts[cell] === hash) return true
  state.texts[cell] = hash
  return false
}

/** Rows and sum that a class begins with. */
const priorRows = 10
const priorUnlike = 30

/** Takes a row of a label. @returns how unlike it a row of it usually is. */
export function usuallyUnlike({ labelled, unlike }: TriggerState, y: number): number {
  return ((unlike[y] ?? 0) + priorUnlike) / ((labelled[y] ?? 0) + priorRows)
}

export function noteLabel({ labelled, unlike }: TriggerState, y: number, value: number): void {
  labelled[y] = forget * (labelled[y] ?? 0) + 1
  unlike[y] = forget * (unlike[y] ?? 0) + value
}
