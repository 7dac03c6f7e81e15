import { whitenRows } from '@/lib/detect/drift/relation/columns'
import type { SegmentFeatureState, SegmentUnit } from '@/lib/detect/drift/segment/feature-state'
import type { Whitener } from '@/lib/detect/drift/whiten'

/** Values of a feature in a stretch of rows, those of one segment value or of all others; each with its row and code of the key. */
export interface SegmentRows {
  rows: number[]
  codes: number[]
  raw: Float64Array
  white: Float64Array
}

/** Rows [from, to] that are held. `inside`: with this code under the key; else with any other. */
export function rowsOf(
  state: SegmentFeatureState,
  { feature, key, code }: Pick<SegmentUnit, 'feature' | 'key' | 'code'>,
  from: number,
  to: number,
  inside: boolean,
): SegmentRows {
  const first = Math.max(0, from, to - state.held + 1)
  const column = state.recent[feature] as Float32Array
  const codes = state.codes[key] as Uint8Array
  const span = Math.max(0, to - first + 1)
  // One row more than is asked for: innovations need the value before.
  const raw = Float64Array.from({ length: span + 1 }, (_, i) => {
    const row = first - 1 + i
    return row < 0 || row <= to - state.held ? Number.NaN : (column[row % state.held] as number)
  })
  const white = whitenRows(state.columns.whiteners[feature] as Whitener, raw)
  const out = { rows: [] as number[], codes: [] as number[], raw: [] as number[], white: [] as number[] }
  for (let i = 1; i <= span; i++) {
    const row = first - 1 + i
    const its = codes[row % state.held] as number
    if ((its === code) !== inside || Number.isNaN(white[i] as number)) continue
    out.rows.push(row)
    out.codes.push(its)
    out.raw.push(raw[i] as number)
    out.white.push(white[i] as number)
  }
  return { rows: out.rows, codes: out.codes, raw: Float64Array.from(out.raw), white: Float64Array.from(out.white) }
}

/** Raw and whitened values of the approved baseline within a segment value. */
export function baselineOf(
  state: SegmentFeatureState,
  { feature, key, code }: Pick<SegmentUnit, 'feature' | 'key' | 'code'>,
): { raw: Float64Array; white: Float64Array } {
  const column = state.columns.base[feature] as Float32Array
  const white = whitenRows(state.columns.whiteners[feature] as Whitener, column)
  const codes = state.baseCodes[key] as Uint8Array
  const mine = (value: number, row: number) => codes[row] === code && !Number.isNaN(value)
  return { raw: Float64Array.from(Array.from(column).filter(mine)), white: white.filter(mine) }
}
