import { kindOf } from '@/lib/detect/quality/value-kind'
import type { Features } from '@/lib/event/types'

/** The baseline's rows while it lasts: by column what each value was (lib/detect/quality/value-kind.ts) and its number. No strings are kept. */
export interface Gathered {
  rows: number
  most: number
  hours: Uint8Array
  segments: Uint8Array
  columns: Map<string, { kinds: Uint8Array; numbers: Float64Array }>
}

export const mostColumns = 512
const mostRows = 5000

export function startGathering(baselineRows: number): Gathered {
  const most = Math.min(mostRows, baselineRows)
  return { rows: 0, most, hours: new Uint8Array(most), segments: new Uint8Array(most), columns: new Map() }
}

/** Rows beyond `most` are passed over: a longer baseline needs no more of them. */
export function gatherRow(state: Gathered, features: Features, hour: number, segment: number): void {
  const row = state.rows
  if (row >= state.most) return
  state.hours[row] = hour
  state.segments[row] = segment
  for (const name in features) {
    let column = state.columns.get(name)
    if (!column) {
      if (state.columns.size >= mostColumns) continue
      column = { kinds: new Uint8Array(state.most), numbers: new Float64Array(state.most).fill(Number.NaN) }
      state.columns.set(name, column)
    }
    const value = features[name]
    column.kinds[row] = kindOf(value)
    if (typeof value === 'number') column.numbers[row] = value
  }
  state.rows++
}
