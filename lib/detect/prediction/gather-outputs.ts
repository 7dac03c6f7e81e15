import type { VersionBook } from '@/lib/detect/concept/versions'
import {
  type CategoryColumn,
  type CategoryColumns,
  completeCategories,
  gatherCategories,
  startColumns,
} from '@/lib/detect/drift/category/columns'
import { categoryOf } from '@/lib/detect/drift/code/book'
import { completeBaseline, type NumericUnit, watchValue } from '@/lib/detect/drift/numeric/unit'
import type { Frame } from '@/lib/detect/frame'
import type { Label } from '@/lib/event/types'
import { isFiniteNumber } from '@/lib/stats/finite'

/**
 * The first outputs of a model: what kind they are, and what is watched of them.
 */

export interface PredictionState {
  version: number
  baselineRows: number
  versions: VersionBook
  /** The first rows' classes; numbers beyond twenty different ones are values. */
  columns: CategoryColumns
  numbers: number
  distinct: number[]
  classes: CategoryColumn | null
  /** Runs of one class: correlation of the commonest class with the row before, by counts. */
  serial: { last: string; same: number; rows: number; counts: Map<string, number> }
  value: NumericUnit | null
  score: NumericUnit | null
  armed: boolean
}
const fewest = 200
const manyValues = 20
const mostClasses = 200
/** Excess of equal neighbours over chance, from which classes are not watched one by one. */
const mostSerial = 0.1
export function gather(state: PredictionState, prediction: Label, logit: number, frame: Frame, timeMs: number): void {
  const { serial } = state
  const name = categoryOf(String(prediction)) as string
  gatherCategories(state.columns, { prediction: name }, frame, timeMs, state.baselineRows, 1)
  if (serial.last === name) serial.same++
  serial.last = name
  serial.rows++
  if (serial.counts.size < mostClasses) serial.counts.set(name, (serial.counts.get(name) ?? 0) + 1)
  if (isFiniteNumber(prediction)) {
    state.numbers++
    if (state.distinct.length <= manyValues && !state.distinct.includes(prediction)) state.distinct.push(prediction)
    if (state.value) watchValue(state.value, frame.row, prediction, 0, 0.5, frame.stratum, timeMs)
  }
  if (Number.isFinite(logit) && state.score) watchValue(state.score, frame.row, logit, 0, 0.5, frame.stratum, timeMs)
}
export function complete(state: PredictionState, frame: Frame): void {
  state.armed = true
  const isNumber = state.numbers > 0.9 * frame.row && state.distinct.length > manyValues
  const { cells, row } = frame
  const arm = (unit: NumericUnit | null): NumericUnit | null => {
    if (!unit) return null
    // An output is a sum of what comes in.
    completeBaseline(unit, row, Math.max(fewest, state.baselineRows / 4), cells, true)
    return unit.phase === 'off' ? null : unit
  }
  const [column] = completeCategories(state.columns, frame)
  state.columns = startColumns()
  state.columns.counting = []
  state.score = arm(state.score)
  state.value = isNumber ? arm(state.value) : null
  // Rows in runs are not alike whatever the mix; the score, where there is one, can be whitened and tells as much.
  state.classes = !isNumber && column && (cells > 1 || serialExcess(state) < mostSerial) ? column : null
  state.serial.counts = new Map()
}
/** Correlation of neighbours: equal ones, less those that chance gives, over the most that there could be. */
function serialExcess({ serial }: PredictionState): number {
  let chance = 0
  for (const count of serial.counts.values()) chance += (count / serial.rows) ** 2
  return chance < 1 ? (serial.same / Math.max(1, serial.rows - 1) - chance) / (1 - chance) : 0
}
