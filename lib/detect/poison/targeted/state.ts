import type { Place } from '@/lib/detect/poison/attribute/condition'
import type { Label } from '@/lib/event/types'
import { type Cells, startCells } from './cells'
import { type Sources, startSources } from './sources'

/** All that a detector of places keeps between events. */
export interface PlacesState {
  /** Null until the first row is judged: many models are never taught. */
  cells: Cells | null
  sources: Sources
  rows: number
  /** Numbers of origins whose rows are not believed. */
  apart: Set<number>
  accused: Accused[]
  /** The last rows that spoke against their source, in a ring. */
  bad: BadRow[]
  nextBad: number
  /** Line from which the others may be looked at again. */
  nextLook: number
  /** Lines between two looks: more after each that decided nothing. */
  patience: number
  /** Of the classes; empty in regression, where classes only say how a number lies to what was expected. */
  names: readonly Label[]
  /** The classes in words. */
  words: readonly Label[]
}

export interface Accused {
  readonly origins: readonly number[]
  readonly place: Place
  readonly y: number
  /** Rows there since, of all others, where another class was expected; and the bad ones among them, as expected. */
  readonly others: { rows: number; bad: number }
}

export interface BadRow {
  readonly index: number
  readonly id: string
  readonly timeMs: number
  readonly suspicion: number
}

const mostBad = 4096
/** A look at the others costs a millisecond or two. */
export const leastPatience = 20

export const startPlacesState = (): PlacesState => ({
  cells: null,
  sources: startSources(),
  rows: 0,
  apart: new Set(),
  accused: [],
  bad: [],
  nextBad: 0,
  nextLook: 0,
  patience: leastPatience,
  names: [],
  words: [],
})

export const cellsOf = (state: PlacesState): Cells => {
  state.cells ??= startCells()
  return state.cells
}

export function keepBad(state: PlacesState, row: BadRow): void {
  state.bad[state.nextBad] = row
  state.nextBad = (state.nextBad + 1) % mostBad
}
