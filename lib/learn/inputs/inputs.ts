import { spread } from './hash'
import { mostSlots } from './slots'

/** Learner inputs: `index[i]` in the weight table, with `value[i]`, for i < `count`. */
export interface Inputs {
  count: number
  index: Uint16Array
  value: Float32Array
}

/** Those of a row, and the regions whose noise the calibrator tells apart. */
export interface Active extends Inputs {
  regions: number
  region: Int32Array
  /** What trees see of it, by slot (./slots.ts). */
  keys: Int32Array
}

export const tableBits = 16
export const regionBits = 12
export const tableMask = (1 << tableBits) - 1
export const regionMask = (1 << regionBits) - 1
const maxActive = 2048
const maxRegions = 64

export const emptyActive = (): Active => ({
  count: 0,
  index: new Uint16Array(maxActive),
  value: new Float32Array(maxActive),
  regions: 0,
  region: new Int32Array(maxRegions),
  keys: new Int32Array(mostSlots),
})

/** A byte an input: it stays in the cache. */
const seen = new Uint8Array(1 << tableBits)
let mark = 0

/** Empties `out` for the next row, of which the same input counts once. */
export function startInputs(out: Active): void {
  mark = mark >= 255 ? 1 : mark + 1
  if (mark === 1) seen.fill(0)
  out.count = 0
  out.regions = 0
}

export function add(out: Active, hash: number, value: number): void {
  put(out, spread(hash) & tableMask, value)
}

export function put(out: Active, index: number, value: number): void {
  if (seen[index] === mark || out.count >= maxActive) return
  seen[index] = mark
  out.index[out.count] = index
  out.value[out.count] = value
  out.count++
}

export function addRegion(out: Active, hash: number): void {
  putRegion(out, spread(hash) & regionMask)
}

export function putRegion(out: Active, region: number): void {
  if (out.regions < maxRegions) out.region[out.regions++] = region
}
