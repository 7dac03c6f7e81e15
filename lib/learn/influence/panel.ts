import { hashInt, spread } from '@/lib/learn/inputs/hash'
import { width } from './compact'

/** Rows on which a learner is measured, in their columns. At most 1,024. */
export interface Panel {
  size: number
  /** Rows that were offered. */
  offered: number
  x: Float32Array
  y: Uint8Array
  /** `numberOf` the origin that each came from; golden rows have none. */
  origin: Int32Array
  /** `key=value` of the row's segment, one string for each; empty where it has none. */
  slice: string[]
}

export const mostPanelRows = 1024

export const startPanel = (): Panel => ({
  size: 0,
  offered: 0,
  x: new Float32Array(0),
  y: new Uint8Array(0),
  origin: new Int32Array(0),
  slice: [],
})

const row = new Float64Array(width)

/** The columns of the panel's row `i`. One array, reused from call to call. */
export function panelRow({ x }: Panel, i: number): Float64Array {
  const from = i * width
  for (let c = 0; c < width; c++) row[c] = x[from + c] as number
  return row
}

/**
 * Offers a row by Algorithm R (Vitter 1985), with a hash for chance: every row that was offered is as likely to be kept.
 * @returns the place that it is to take; −1: none.
 */
export function offerRow(panel: Panel): number {
  const n = ++panel.offered
  const at = n <= mostPanelRows ? n - 1 : spread(hashInt(0x6a09e667, n)) % n
  return at < mostPanelRows ? at : -1
}

/** Puts a row in the place that it was given. */
export function putRow(panel: Panel, at: number, x: Float64Array, y: number, origin: number, slice: string): void {
  if (panel.x.length === 0) {
    panel.x = new Float32Array(mostPanelRows * width)
    panel.y = new Uint8Array(mostPanelRows)
    panel.origin = new Int32Array(mostPanelRows)
  }
  panel.x.set(x, at * width)
  panel.y[at] = y
  panel.origin[at] = origin
  panel.slice[at] = slice
  panel.size = Math.max(panel.size, at + 1)
}
