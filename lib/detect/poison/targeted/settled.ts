import type { Place } from '@/lib/detect/poison/attribute/condition'
import type { Learner } from '@/lib/learn/witness'
import { originsOf } from './alarm'
import { clearCell, evidenceOf, isCell, nam, namesEach, num, numbersEach } from './cells'
import { startOthers } from './found'
import { cellsOf, leastPatience, type PlacesState } from './state'
import { tableSlots } from './table'

const mostAccused = 256
const mostHeld = 60
const mostPatience = 400
/** What a cell bears more each time that the world was found to have moved there. */
const slack = 0.1
const mostBorne = 0.9
/** Evidence that what was found explains, in false incidents. */
const explained = 1e-3

/** It is not known yet: the cell waits, longer each time, and in the end starts over. */
export function keepOpen(state: PlacesState, cell: number): void {
  const cells = cellsOf(state)
  const held = (cells.nam[cell * namesEach + nam.held] as number) + 1
  cells.nam[cell * namesEach + nam.held] = held
  cells.nam[cell * namesEach + nam.wait] = Math.ceil(held * 1.3)
  if (held > mostHeld) clearCell(cells, cell)
  state.patience = Math.min(mostPatience, Math.ceil(state.patience * 1.25))
}

/** The world moved there: the cell starts over, and bears more. */
export function letBe(state: PlacesState, cell: number): void {
  const cells = cellsOf(state)
  const at = cell * numbersEach + num.borne
  cells.num[at] = Math.min(mostBorne, (cells.num[at] as number) + slack)
  clearCell(cells, cell)
  state.patience = leastPatience
}

/** Some sources were found out: they are believed no more, and what else gathered towards that class of late is explained. */
export function closeCase(
  state: PlacesState,
  learner: Learner,
  origins: readonly number[],
  place: Place,
  y: number,
): void {
  const cells = cellsOf(state)
  state.patience = leastPatience
  state.accused.push({ origins, place, y, others: startOthers() })
  if (state.accused.length > mostAccused) state.accused.shift()
  for (const number of origins) state.apart.add(number)
  for (let cell = 0; cell < tableSlots; cell++) {
    if (!isCell(cells, cell) || cells.nam[cell * namesEach + nam.y] !== y) continue
    if (evidenceOf(cells, cell) > explained) clearCell(cells, cell)
  }
  for (const origin of originsOf(state, origins)) learner.distrust({ origin })
}
