import { unknownValue } from '@/lib/detect/drift/segment/codes'
import type { SegmentFeatureState } from '@/lib/detect/drift/segment/feature-state'

const mostRows = 8192
/** Rows are kept in runs, for what hangs on the row before to show. */
const runRows = 256

/** Is this row of the baseline gathered? All of a short one; of a long one, as a season makes it, every second run goes whenever too many are held. */
export function takes(state: SegmentFeatureState, row: number): boolean {
  if (state.columns.rows >= mostRows) thin(state)
  return isKept(row, state.every)
}

const isKept = (row: number, every: number): boolean => Math.floor(row / runRows) % every === 0

function thin(state: SegmentFeatureState): void {
  const { columns } = state
  state.every *= 2
  const keep = state.gatheredRows.map((row) => isKept(row, state.every))
  const kept = (list: readonly number[]) => list.filter((_, i) => keep[i])
  for (const column of columns.gathered) while (column.length < columns.rows) column.push(Number.NaN)
  columns.gathered = columns.gathered.map(kept)
  state.gatheredCodes = state.gatheredCodes.map(kept)
  state.gatheredRows = kept(state.gatheredRows)
  state.gatheredTimes = kept(state.gatheredTimes)
  columns.rows = state.gatheredRows.length
}

/** Takes the place of a row of the baseline: codes of its segment values by key, row and time. */
export function gather(
  state: SegmentFeatureState,
  keys: readonly string[],
  codes: ArrayLike<number>,
  row: number,
  timeMs: number,
): void {
  while (state.keys.length < keys.length) {
    state.keys.push(keys[state.keys.length] as string)
    state.gatheredCodes.push(new Array<number>(state.columns.rows).fill(unknownValue))
  }
  for (let k = 0; k < keys.length; k++) state.gatheredCodes[k]?.push(codes[k] as number)
  state.gatheredRows.push(row)
  state.gatheredTimes.push(timeMs)
}
