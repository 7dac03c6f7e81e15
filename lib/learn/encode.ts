import type { Features, FeatureValue, Segment } from '@/lib/event/types'
import { addToColumn, binInColumn, binOf, type Column, fixColumn, lateColumnValues, startColumn } from './columns'
import { type FeatureInputs, type FeatureOrder, inputsOf, numericInputs, startFeatureOrder } from './feature-inputs'
import { hashInt, hashStart, hashText, spread } from './hash'
import { keyIn, mostSlots, noSlots, type Slots } from './slots'
import { missingKey, sortKey } from './sort-key'
import { tokens } from './tokens'

/** What the learner looks at; a training row and a golden row both are one. */
export interface Row {
  readonly features?: Features
  readonly text?: string
  readonly embedding?: readonly number[]
  readonly segment?: Segment
}

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

export interface Encoder {
  columns: Map<string, Column>
  embedding: Column[]
  slots: Slots
}

export const tableBits = 16
export const regionBits = 12
const tableMask = (1 << tableBits) - 1
const regionMask = (1 << regionBits) - 1
const maxActive = 2048
const maxRegions = 64
const maxColumns = 2048
const maxDimensions = 2048
/** Up to this many columns, every pair of coarse values is an input too. */
const maxCrossed = 10
const sameText = 3

export const startEncoder = (): Encoder => ({ columns: new Map(), embedding: [], slots: noSlots() })
export const emptyActive = (): Active => ({
  count: 0,
  index: new Uint16Array(maxActive),
  value: new Float32Array(maxActive),
  regions: 0,
  region: new Int32Array(maxRegions),
  keys: new Int32Array(mostSlots),
})

/** Features in their usual order, by encoder: worked out anew after a restart. */
const orders = new WeakMap<Encoder, FeatureOrder>()

function orderOf(encoder: Encoder): FeatureOrder {
  let order = orders.get(encoder)
  if (!order) {
    order = startFeatureOrder()
    orders.set(encoder, order)
  }
  return order
}

/** Learns the scale of a row's columns from it, before `encode` is asked for any. */
export function measureRow(encoder: Encoder, row: Row, enough: number): void {
  const order = orderOf(encoder)
  let place = 0
  for (const name in row.features) {
    const value = row.features[name]
    const feature = inputsOf(order, place++, name)
    if (typeof value === 'number') measure(encoder, feature, value, enough)
  }
  measureEmbedding(encoder, row, enough)
}

/** @returns the feature's column once it is fixed. */
function measure(encoder: Encoder, feature: FeatureInputs, value: number, enough: number): Column | null {
  feature.column ??= encoder.columns.get(feature.name) ?? null
  if (!feature.column) {
    if (encoder.columns.size >= maxColumns) return null
    feature.column = startColumn()
    encoder.columns.set(feature.name, feature.column)
  }
  if (!feature.column.edges) addToColumn(feature.column, value, enough)
  return feature.column.edges ? feature.column : null
}

function measureEmbedding(encoder: Encoder, row: Row, enough: number): void {
  const dimensions = Math.min(maxDimensions, row.embedding?.length ?? 0)
  for (let d = 0; d < dimensions; d++) {
    let column = encoder.embedding[d]
    if (!column) {
      column = startColumn()
      encoder.embedding[d] = column
    }
    addToColumn(column, row.embedding?.[d] ?? 0, enough)
  }
}

/** Fixes every column by what it has seen so far. */
export function fixColumns(encoder: Encoder): void {
  for (const column of encoder.columns.values()) if (!column.edges) fixColumn(column)
  for (const column of encoder.embedding) if (!column.edges) fixColumn(column)
}

const seen = new Int32Array(1 << tableBits)
let mark = 0
const coarse = new Int32Array(maxCrossed + 1)

/** Writes the row's inputs into `out`, and goes on learning the scale of columns that appeared late. The same input counts once. */
export function encode(encoder: Encoder, row: Row, out: Active): void {
  mark = mark >= 0x7ffffff0 ? 1 : mark + 1
  if (mark === 1) seen.fill(0)
  out.count = 0
  out.regions = 0
  if (encoder.slots.count > 0) out.keys.fill(missingKey)
  add(out, 1, 1)
  const order = orderOf(encoder)
  let crossed = 0
  let place = 0
  for (const name in row.features) {
    const value = row.features[name] as FeatureValue
    const feature = inputsOf(order, place++, name)
    let level: number
    if (feature.slot === undefined) feature.slot = encoder.slots.byName.get(name) ?? null
    if (feature.slot) out.keys[feature.slot.at] = keyIn(feature.slot, value)
    if (typeof value === 'number') {
      const column = feature.numeric ? feature.column : measure(encoder, feature, value, lateColumnValues)
      if (!column?.edges || !Number.isFinite(value)) continue
      feature.numeric ??= numericInputs(feature.key, column.edges, tableMask, regionMask)
      const { grid, z, bin: inputs, coarse: levels, region: regions } = feature.numeric
      const bin = binInColumn(grid, value)
      put(out, z, 0.5 * Math.max(-4, Math.min(4, (value - column.mean) / column.sd)))
      put(out, inputs[bin] as number, 1)
      level = levels[bin] as number
      if (out.regions < maxRegions) out.region[out.regions++] = regions[bin] as number
    } else {
      level = hashText(hashInt(feature.key, typeof value === 'boolean' ? 0x6f : 0x3d), String(value))
      add(out, level, 1)
      region(out, level)
    }
    if (crossed <= maxCrossed) coarse[crossed] = level
    crossed++
  }
  for (const name in row.segment)
    region(out, hashText(hashText(hashStart, `segment ${name}=`), String(row.segment[name])))
  if (row.text !== undefined) encodeText(row.text, out)
  else if (crossed <= maxCrossed && !row.embedding)
    for (let a = 0; a < crossed; a++)
      for (let b = a + 1; b < crossed; b++) add(out, hashInt(coarse[a] as number, coarse[b] as number), 0.5)
  if (!row.embedding) return
  measureEmbedding(encoder, row, lateColumnValues)
  encodeEmbedding(encoder, row.embedding, out)
  const { embeddingAt, dimensions } = encoder.slots
  for (let d = 0; d < dimensions; d++) out.keys[embeddingAt + d] = sortKey(row.embedding[d] ?? Number.NaN)
}

function encodeText(text: string, out: Active): void {
  // The very same text again: what was said of it before counts for more than its words.
  add(out, hashText(0x3c6ef372, text), sameText)
  const words = tokens(text)
  // Long texts speak louder in sum: their tokens count less each.
  const weight = Math.min(1, Math.sqrt(25 / Math.max(1, words.length)))
  let last = 0
  for (const token of words) {
    const hash = hashText(0x9747b28c, token)
    add(out, hash, weight)
    if (last !== 0) add(out, hashInt(last, hash), 0.5 * weight)
    last = hash
  }
}

function encodeEmbedding(encoder: Encoder, embedding: readonly number[], out: Active): void {
  const weight = Math.min(1, Math.sqrt(16 / embedding.length))
  for (let d = 0; d < embedding.length && d < maxDimensions; d++) {
    const column = encoder.embedding[d]
    const value = embedding[d] as number
    if (!column?.edges || !Number.isFinite(value)) continue
    const z = Math.max(-4, Math.min(4, (value - column.mean) / column.sd))
    add(out, hashInt(0x1b873593, d), 0.5 * weight * z)
    if (embedding.length <= 64) add(out, hashInt(hashInt(0x2c9277b5, d), binOf(column.edges, value) >> 1), weight)
  }
}

function add(out: Active, hash: number, value: number): void {
  put(out, spread(hash) & tableMask, value)
}

function put(out: Active, index: number, value: number): void {
  if (seen[index] === mark || out.count >= maxActive) return
  seen[index] = mark
  out.index[out.count] = index
  out.value[out.count] = value
  out.count++
}

function region(out: Active, hash: number): void {
  if (out.regions < maxRegions) out.region[out.regions++] = spread(hash) & regionMask
}
