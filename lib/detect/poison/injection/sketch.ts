import type { FeatureValue, TrainingData } from '@/lib/event/types'
import { addToColumn, type Column, lateColumnValues, startColumn } from '@/lib/learn/inputs/columns'
import { hashInt, hashStart, hashText, spread } from '@/lib/learn/inputs/hash'
import { firstUnspaced, isUnspaced } from '@/lib/learn/inputs/tokens'
import { type KnownFeature, knownFeature, knownOf, parts, seeds, widthOf } from './sketch-feature'

/**
 * Eight numbers that near copies share and other rows do not: of a text its minima under eight hashes (MinHash); of an embedding cells of random
 * projections (p-stable LSH); of features cells and values of eight random thirds of them, each grid shifted by its own.
 * Source: Broder 1997; Datar, Immorlica, Indyk & Mirrokni 2004.
 */
export { parts }
/** Parts that two texts or embeddings share at least to count as near copies: a resemblance of about .65. */
export const alikeWords = 5

export interface Sketcher {
  columns: Map<string, Column>
  /** Scale of the projections, from the first embeddings. */
  projected: Column
}

export const startSketcher = (): Sketcher => ({ columns: new Map(), projected: startColumn() })

const fewWords = 2
const mostWords = 64
const mostCharacters = 800
const mostFeatures = 64
const mostColumns = 256
const mostDimensions = 256
const projectionsEach = 4
const mostValueCharacters = 64

// Bound once: an import that is asked for in a hot loop costs as much as the loop.
const [all, seedOf, startHash, mix, stir, hashOfText] = [parts, seeds, hashStart, hashInt, spread, hashText]
const [fromUnspaced, unspaced] = [firstUnspaced, isUnspaced]
const start = hashStart | 0
const [known, learned, cellWidth, toColumn, fewValues] = [knownOf, knownFeature, widthOf, addToColumn, lateColumnValues]

export type Sketched = 'words' | 'features' | 'none'

/** Writes the row's sketch to `out`. @returns of what it is made; `none` while the scale of its numbers is not known. */
export function sketchRow(sketcher: Sketcher, data: TrainingData, out: Int32Array): Sketched {
  if (data.text !== undefined && sketchText(data.text, out)) return 'words'
  if (data.embedding && data.embedding.length > 1)
    return sketchEmbedding(sketcher, data.embedding, out) ? 'words' : 'none'
  return sketchFeatures(sketcher, data.features, out) ? 'features' : 'none'
}

/** The least of a text's words under each hash. */
const least = new Int32Array(parts)

function sketchText(text: string, out: Int32Array): boolean {
  least.fill(0x7fffffff)
  const end = Math.min(text.length, mostCharacters)
  let words = 0
  let hash = start
  let letters = 0
  let before = 0
  for (let i = 0; i <= end && words < mostWords; i++) {
    const code = i < end ? text.charCodeAt(i) : 32
    // Letters, digits, whatever is not ASCII; capitals count as small letters.
    const small = code >= 65 && code <= 90 ? code + 32 : code
    if ((small >= 97 && small <= 122) || (small >= 48 && small <= 57) || small > 127) {
      hash = Math.imul(hash ^ small, 0x01000193)
      letters++
      // Without blanks two letters make a word.
      if (code < fromUnspaced || !unspaced(code)) continue
      hash = Math.imul(Math.imul(start ^ before, 0x01000193) ^ code, 0x01000193)
      before = code
    }
    if (letters === 0) continue
    words++
    const word = hash ^ (hash >>> 15)
    for (let j = 0; j < all; j++) {
      let h = Math.imul(word, seedOf[j] as number)
      h ^= h >>> 13
      if (h < (least[j] as number)) least[j] = h
    }
    hash = start
    letters = 0
  }
  out.set(least)
  return words >= fewWords
}

function sketchEmbedding({ projected }: Sketcher, embedding: readonly number[], out: Int32Array): boolean {
  const dimensions = Math.min(embedding.length, mostDimensions)
  for (let j = 0; j < all; j++) {
    let hash = mix(startHash, j)
    for (let k = 0; k < projectionsEach; k++) {
      const seed = 64 * j + 8 * k
      let sum = 0
      // Signs at random are as good as normal weights here, and cost a bit each.
      for (let i = 0, bits = 0; i < dimensions; i++) {
        if ((i & 31) === 0) bits = stir(Math.imul(seed + (i >> 5) + 1, 0x9e3779b1))
        const value = embedding[i] as number
        sum += (bits >>> (i & 31)) & 1 ? value : -value
      }
      if (!Number.isFinite(sum)) return false
      if (!projected.edges) toColumn(projected, sum, 200 * all)
      if (projected.edges) hash = mix(hash, cellOf(sum, projected, seed) | 0)
    }
    out[j] = hash | 0
  }
  return projected.edges !== null
}

function sketchFeatures(sketcher: Sketcher, features: TrainingData['features'], out: Int32Array): boolean {
  out.fill(0)
  const its = known(sketcher)
  let seen = 0
  let ready = true
  for (const name in features) {
    if (seen >= mostFeatures) break
    let feature = its.order[seen]
    if (feature === undefined || feature.name !== name) feature = learned(its, seen, name)
    seen++
    const value = features[name] as FeatureValue
    const { key, keys, shifts } = feature
    // The first three bear on all parts, so that few features do.
    const on = seen > 3 ? feature.some : feature.every
    if (typeof value === 'number') {
      const column = feature.column ?? columnOf(sketcher, feature)
      if (!column || !Number.isFinite(value)) continue
      if (!column.edges) toColumn(column, value, fewValues)
      if (column.edges) {
        if (feature.width === 0) feature.width = cellWidth(column)
        const at = (value - column.mean) / feature.width
        for (let n = 0; n < on.length; n++) {
          const j = on[n] as number
          const cell = Math.max(-1e9, Math.min(1e9, Math.floor(at + (shifts[j] as number))))
          out[j] = ((out[j] as number) + mixed(keys[j] as number, cell | 0)) | 0
        }
        continue
      }
      ready = false
    }
    // A number of no scale yet counts as 0.
    const code =
      typeof value === 'number' ? 0 : value === null ? 1 : hashOfText(key, String(value), 0, mostValueCharacters)
    for (let n = 0; n < on.length; n++) {
      const j = on[n] as number
      out[j] = ((out[j] as number) + mixed(keys[j] as number, code | 0)) | 0
    }
  }
  return ready && seen > 0
}

/** `spread(hashInt(hash, value))` in signed numbers, which need no room of their own. */
function mixed(hash: number, value: number): number {
  let h = Math.imul(hash ^ (value & 0xffff), 0x01000193)
  h = Math.imul(h ^ (value >>> 16), 0x01000193)
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return h ^ (h >>> 16)
}

function columnOf(sketcher: Sketcher, feature: KnownFeature): Column | null {
  let column = sketcher.columns.get(feature.name) ?? null
  if (!column && sketcher.columns.size < mostColumns) {
    column = startColumn()
    sketcher.columns.set(feature.name, column)
  }
  feature.column = column
  return column
}

function cellOf(value: number, column: Column, shift: number): number {
  return Math.max(-1e9, Math.min(1e9, Math.floor((value - column.mean) / cellWidth(column) + stir(shift) / 4294967296)))
}
