import { keyOrder } from '@/lib/detect/drift/key-order'
import { wakeColumn } from '@/lib/detect/drift/usual/column'
import { addRelated, startRelations } from '@/lib/detect/drift/usual/relations'
import { judge } from '@/lib/detect/drift/usual/report'
import type { UsualRelationState } from '@/lib/detect/drift/usual/state'
import type { Frame } from '@/lib/detect/frame'
import type { Features } from '@/lib/event/types'
import { isFiniteNumber } from '@/lib/stats/finite'

/** Rows that are kept while a cycle of the season is awaited. */
const mostGathered = 20_000

/** Where there is a season, a whole cycle of it must have been seen: a feature that follows the days of the week looks as if it wandered before. */
export const isOver = ({ times, baselineRows }: UsualRelationState, { cells, armed }: Frame): boolean =>
  times.length >= baselineRows && (cells === 1 || armed || times.length >= mostGathered)

export function gather(state: UsualRelationState, features: Features, timeMs: number, mostColumns: number): void {
  for (const name in features) {
    const value = features[name]
    if (!isFiniteNumber(value)) continue
    let slot = state.slots.get(name)
    if (slot === undefined) {
      if (state.names.length >= mostColumns) continue
      slot = state.names.length
      state.slots.set(name, slot)
      state.names.push(name)
      state.gathered.push([])
    }
    const column = state.gathered[slot] as number[]
    while (column.length < state.times.length) column.push(Number.NaN)
    column.push(value)
  }
  state.times.push(timeMs)
}

/** The baseline's rows are over: scales, who wanders, and the relations as the baseline would have taught them. */
export function complete(state: UsualRelationState, features: Features, frame: Frame): void {
  const { gathered, times } = state
  const values = new Float64Array(gathered.length)
  const relations = startRelations(state.names)
  for (const [j, column] of relations.columns.entries()) {
    const all = gathered[j] as number[]
    while (all.length < times.length) all.push(Number.NaN)
    const at = times.flatMap((_, i) => (Number.isNaN(all[i] as number) ? [] : [i]))
    const finite = at.map((i) => all[i] as number)
    if (finite.length < times.length / 4) continue
    if (finite.every((value) => value === finite[0])) column.gathered = [finite[0] as number]
    else
      wakeColumn(
        column,
        finite,
        at.map((i) => times[i] as number),
        frame.cells,
      )
  }
  if (relations.columns.some((column) => column.wanders)) {
    for (const [i, timeMs] of times.entries()) {
      for (let j = 0; j < gathered.length; j++) values[j] = gathered[j]?.[i] as number
      if (addRelated(relations, values, timeMs)) judge(state.pending, relations)
    }
  }
  state.relations = relations
  state.order = keyOrder(features, state.slots)
  state.gathered = []
  state.times = []
}
