import { fieldsOf } from '@/lib/detect/fields'
import type { Features, FeatureValue, Segment } from '@/lib/event/types'
import { addToColumn, binInColumn, binOf, type Column, fixColumn, lateColumnValues, startColumn } from './columns'
import { type FeatureInputs, type FeatureOrder, inputsOf, numericInputs, startFeatureOrder } from './feature-inputs'
import { hashInt, hashStart, hashText } from './hash'
import { type Active, add, addRegion, put, putRegion, regionMask, startInputs, tableMask } from './inputs'
import { addPairs, type Columns, noColumns, noteColumn, noteNumber } from './pairs'
import { keyIn, noSlots, type Slots } from './slots'
import { missingKey, sortKey } from './sort-key'
import { tokenHashes, tokens } from './tokens'

export { type Active, emptyActive, type Inputs, regionBits, tableBits } from './inputs'

/** What the learner looks at; a training row and a golden row both are one. */
export interface Row {
  readonly features?: Features
  readonly text?: string
  readonly embedding?: readonly number[]
  readonly segment?: Segment
}

export interface Encoder {
  columns: Map<string, Column>
  embedding: Column[]
  slots: Slots
  /** Whether products of two numbers are inputs: where labels are numbers they gain nothing, and cost calm. */
  products: boolean
}

const maxColumns = 2048
const maxDimensions = 2048
const sameText = 3

export const startEncoder = (): Encoder => ({ columns: new Map(), embedding: [], slots: noSlots(), products: true })
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

const columns: Columns = noColumns()
const noFeatures: Features = {}

/** Writes the row's inputs into `out`, and goes on learning the scale of columns that appeared late. The same input counts once. */
export function encode(encoder: Encoder, row: Row, out: Active): void {
  startInputs(out)
  columns.count = columns.numbers = 0
  if (encoder.slots.count > 0) out.keys.fill(missingKey)
  add(out, 1, 1)
  const order = orderOf(encoder)
  const { count, names, numbers, others } = fieldsOf(row.features ?? noFeatures)
  for (let place = 0; place < count; place++) {
    const name = names[place] as string
    const feature = inputsOf(order, place, name)
    let level: number
    if (feature.slot === undefined) feature.slot = encoder.slots.byName.get(name) ?? null
    const value = numbers[place] as number
    if (!Number.isNaN(value)) {
      if (feature.slot) out.keys[feature.slot.at] = keyIn(feature.slot, value)
      const column = feature.numeric ? feature.column : measure(encoder, feature, value, lateColumnValues)
      if (!column?.edges) continue
      feature.numeric ??= numericInputs(feature.key, column.edges, tableMask, regionMask)
      const { grid, z, bin: inputs, coarse: levels, region: regions } = feature.numeric
      const bin = binInColumn(grid, value)
      const standard = Math.max(-4, Math.min(4, (value - column.mean) / column.sd))
      noteNumber(columns, feature.key, standard)
      put(out, z, 0.5 * standard)
      put(out, inputs[bin] as number, 1)
      level = levels[bin] as number
      putRegion(out, regions[bin] as number)
    } else {
      const other = others[place] as FeatureValue
      if (feature.slot) out.keys[feature.slot.at] = keyIn(feature.slot, other)
      if (typeof other === 'number') continue
      level = hashText(hashInt(feature.key, typeof other === 'boolean' ? 0x6f : 0x3d), String(other))
      add(out, level, 1)
      addRegion(out, level)
    }
    noteColumn(columns, level)
  }
  for (const name in row.segment)
    addRegion(out, hashText(hashText(hashStart, `segment ${name}=`), String(row.segment[name])))
  if (row.text !== undefined) encodeText(row.text, out)
  else if (!row.embedding) addPairs(columns, encoder.products, out)
  if (!row.embedding) return
  measureEmbedding(encoder, row, lateColumnValues)
  encodeEmbedding(encoder, row.embedding, out)
  const { embeddingAt, dimensions } = encoder.slots
  for (let d = 0; d < dimensions; d++) out.keys[embeddingAt + d] = sortKey(row.embedding[d] ?? Number.NaN)
}

function encodeText(text: string, out: Active): void {
  // The very same text again: what was said of it before counts for more than its words.
  add(out, hashText(0x3c6ef372, text), sameText)
  const words = tokens(text).length
  const hashes = tokenHashes(text)
  // Long texts speak louder in sum: their tokens count less each.
  const weight = Math.min(1, Math.sqrt(25 / Math.max(1, words)))
  let last = 0
  for (let w = 0; w < words; w++) {
    const hash = hashes[w] as number
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
