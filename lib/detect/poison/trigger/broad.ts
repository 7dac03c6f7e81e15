import type { BadRow } from './bad-rows'
import { bears, keysIn, type Parts } from './bears'
import type { TriggerState } from './state'
import { evidenceOf, findUnit, nowhere } from './unit-table'

/** Evidence from which on a pattern counts as one that moves too, in false incidents. */
const hot = 1e-3

/**
 * How many other patterns move to the label at the same time on rows without this one: a world that moves in some place moves whatever is frequent there.
 * @param bad all rows since the onset that got the label against what their other inputs said.
 */
export function othersMoving(state: TriggerState, bad: readonly BadRow[], parts: Parts, label: number): number {
  const without = new Map<number, number>()
  const within = new Map<number, number>()
  for (const row of bad) {
    const counts = bears(row, parts) ? within : without
    for (const key of keysIn(row)) counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  let others = 0
  for (const [key, rows] of without) {
    if (rows < 3 || rows <= (within.get(key) ?? 0)) continue
    const at = findUnit(state.units, key)
    if (at !== nowhere && state.units.label[at] === label && evidenceOf(state.units, at) >= hot) others++
  }
  return others
}
