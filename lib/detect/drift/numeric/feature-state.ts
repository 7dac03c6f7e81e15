import { type KeyOrder, keyOrder } from '@/lib/detect/drift/key-order'
import { type NumericBook, startNumericBook } from '@/lib/detect/drift/numeric/book'
import { mostFeatures } from '@/lib/detect/drift/numeric/read-values'
import {
  completeBaseline,
  holdRows,
  type NumericUnit,
  startNumericUnit,
  watchValue,
} from '@/lib/detect/drift/numeric/unit'
import type { Frame } from '@/lib/detect/frame'
import type { Features } from '@/lib/event/types'
import { isFiniteNumber } from '@/lib/stats/finite'

export interface NumericFeatureState {
  version: number
  baselineRows: number
  /** Features in order of first appearance in the baseline, a unit each. */
  names: string[]
  units: NumericUnit[]
  slots: Map<string, number>
  /** Once armed. */
  order: KeyOrder | null
  book: NumericBook
}

const fewestValues = 50

export const startNumericFeatures = (version: number, baselineRows: number): NumericFeatureState => ({
  version,
  baselineRows,
  names: [],
  units: [],
  slots: new Map(),
  order: null,
  book: startNumericBook(0),
})

/** Takes a row of the baseline. */
export function gatherFeatures(
  state: NumericFeatureState,
  features: Features,
  { row, stratum }: Frame,
  timeMs: number,
): void {
  for (const name in features) {
    const value = features[name]
    if (!isFiniteNumber(value)) continue
    let slot = state.slots.get(name)
    if (slot === undefined) {
      if (state.units.length >= mostFeatures) continue
      slot = state.units.length
      state.slots.set(name, slot)
      state.names.push(name)
      state.units.push(startNumericUnit(0))
    }
    watchValue(state.units[slot] as NumericUnit, row, value, 0, 0.5, stratum, timeMs)
  }
}

/** A feature is numeric when a quarter of the baseline's rows give it a number. */
export function completeFeatures(state: NumericFeatureState, features: Features, { row, rows, cells }: Frame): void {
  state.order = keyOrder(features, state.slots)
  state.book = startNumericBook(state.units.length)
  // Beyond fifty features each holds fewer rows, so that all rings together stay within 2 MB.
  const held = Math.min(rows.held, Math.max(2000, Math.floor(1_000_000 / Math.max(1, state.units.length))))
  for (const unit of state.units) {
    holdRows(unit, held)
    completeBaseline(unit, row, Math.max(fewestValues, Math.floor(state.baselineRows / 4)), cells)
  }
}
