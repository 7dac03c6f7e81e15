import { codeIn, featureOf, keyOf, mostFeatures, plainEdges, readCodes } from '@/lib/detect/drift/joint/codes'
import { holdStudied, partOf, putBy, putRow } from '@/lib/detect/drift/joint/rows'
import {
  heldRows,
  type JointFeature,
  type JointState,
  reserveRows,
  startCodeRows,
  studiedRows,
} from '@/lib/detect/drift/joint/state'
import { closeBlock, startStudy } from '@/lib/detect/drift/joint/study'
import { keyOrder } from '@/lib/detect/drift/key-order'
import { weekHourOf } from '@/lib/detect/season'
import type { Features, FeatureValue } from '@/lib/event/types'

const mostRows = 4096
const mostColumns = 64
const fewestStudied = 100

/** Takes a row of the baseline. */
export function gatherJoint(state: JointState, features: Features, row: number, timeMs: number): void {
  if (row % state.every !== 0) return
  if (state.baselineRows.length >= mostRows) thin(state)
  for (const name in features) {
    let slot = state.names.indexOf(name)
    if (slot < 0) {
      if (state.names.length >= mostColumns) continue
      slot = state.names.length
      state.names.push(name)
      state.gathered.push([])
    }
    const column = state.gathered[slot] as FeatureValue[]
    while (column.length < state.baselineRows.length) column.push(null)
    column.push(keyOf(features[name]))
  }
  state.baselineRows.push(row)
  state.baselineTimes.push(timeMs)
}

/** A baseline of a week may be long: every other row goes. */
function thin(state: JointState): void {
  state.every *= 2
  const keep = state.baselineRows.map((row) => row % state.every === 0)
  const kept = <T>(list: readonly T[]) => list.filter((_, i) => keep[i])
  for (const column of state.gathered) while (column.length < keep.length) column.push(null)
  state.gathered = state.gathered.map(kept)
  state.baselineRows = kept(state.baselineRows)
  state.baselineTimes = kept(state.baselineTimes)
}

/** The baseline is over: chooses features and their codes by the studied rows, and makes the first reference and the first bag. */
export function completeJoint(state: JointState, row: Features, cells: number): void {
  const { baselineRows: rows, baselineTimes: times } = state
  const studied = rows.flatMap((at, i) => (partOf(at) === 'studied' ? [i] : []))
  const features: JointFeature[] = []
  const columns: FeatureValue[][] = []
  for (const [slot, column] of state.gathered.entries()) {
    if (features.length >= mostFeatures) break
    while (column.length < rows.length) column.push(null)
    const feature =
      studied.length < fewestStudied
        ? null
        : featureOf(state.names[slot] as string, column, studied, times, rows, cells)
    if (!feature) continue
    features.push(feature)
    columns.push(column)
  }
  state.names = []
  state.gathered = []
  state.baselineRows = []
  state.baselineTimes = []
  state.phase = features.length < 2 ? 'off' : 'armed'
  if (state.phase === 'off') return
  state.features = features
  state.edges = plainEdges(features)
  state.order = keyOrder(row, new Map(features.map(({ name }, slot) => [name, slot])))
  const codes = features.map((feature, f) =>
    studied.map((i) =>
      Math.max(
        0,
        codeIn(
          feature,
          (columns[f] as FeatureValue[])[i],
          weekHourOf(times[i] as number),
          64 * (rows[i] as number) + f,
        ),
      ),
    ),
  )
  state.study = startStudy(features, codes)
  state.studied = startCodeRows(studiedRows)
  state.base = startCodeRows(rows.length)
  state.tested = startCodeRows(heldRows)
  state.testedRows = new Float64Array(heldRows)
  state.reserve = startCodeRows(reserveRows)
  state.witnesses = []
  for (let i = 0; i < rows.length; i++) {
    const at = rows[i] as number
    const values = Object.fromEntries(features.map(({ name }, f) => [name, (columns[f] as FeatureValue[])[i] ?? null]))
    readCodes(state, values, at, times[i] as number)
    const part = partOf(at)
    if (part === 'tested') putRow(state.base, state.base.count)
    else if (part === 'kept') putBy(state)
    else if (holdStudied(state)) closeBlock(state.study, true)
  }
}
