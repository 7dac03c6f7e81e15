import type { FeatureValue, TrainingData } from '@/lib/event/types'
import { addToColumn, type Column, lateColumnValues, startColumn } from '@/lib/learn/columns'
import { hashInt, hashStart, hashText, spread } from '@/lib/learn/hash'

/**
 * Eight numbers that near copies share and other rows do not: of a text its minima under eight hashes (MinHash); of an embedding cells of random
 * projections (p-stable LSH); of features cells and values of eight random thirds of them, each grid shifted by its own.
 * Source: Broder 1997; Datar, Immorlica, Indyk & Mirrokni 2004.
 */
export const parts = 8
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
const mostValueCharacters = 64
/** Width of a cell: in baseline standard deviations, and as a share of the baseline's median, whichever is more. */
const cell = 0.35
const cellOfMedian = 0.05
const projectionsEach = 4

const seeds = Int32Array.from({ length: parts }, (_, j) => spread(0x9e3779b9 + j) | 1)

export type Sketched = 'words' | 'features' | 'none'

/** Writes the row's sketch to `out`. @returns of what it is made; `none` while the scale of its numbers is not known. */
export function sketchRow(sketcher: Sketcher, data: TrainingData, out: Int32Array): Sketched {
  if (data.text !== undefined && sketchText(data.text, out)) return 'words'
  if (data.embedding && data.embedding.length > 1)
    return sketchEmbedding(sketcher, data.embedding, out) ? 'words' : 'none'
  return sketchFeatures(sketcher, data.features, out) ? 'features' : 'none'
}

function sketchText(text: string, out: Int32Array): boolean {
  out.fill(0x7fffffff)
  const end = Math.min(text.length, mostCharacters)
  let words = 0
  let hash = hashStart
  for (let i = 0; i <= end && words < mostWords; i++) {
    const code = i < end ? text.charCodeAt(i) : 32
    // Letters, digits, whatever is not ASCII; capitals count as small letters.
    const small = code >= 65 && code <= 90 ? code + 32 : code
    if ((small >= 97 && small <= 122) || (small >= 48 && small <= 57) || small > 127) {
      hash = Math.imul(hash ^ small, 0x01000193)
      continue
    }
    if (hash === hashStart) continue
    words++
    for (let j = 0; j < parts; j++) {
      let h = Math.imul(hash ^ (hash >>> 15), seeds[j] as number)
      h ^= h >>> 13
      if (h < (out[j] as number)) out[j] = h
    }
    hash = hashStart
  }
  return words >= fewWords
}

function sketchEmbedding({ projected }: Sketcher, embedding: readonly number[], out: Int32Array): boolean {
  const dimensions = Math.min(embedding.length, mostDimensions)
  for (let j = 0; j < parts; j++) {
    let hash = hashInt(hashStart, j)
    for (let k = 0; k < projectionsEach; k++) {
      const seed = 64 * j + 8 * k
      let sum = 0
      // Signs at random are as good as normal weights here, and cost a bit each.
      for (let i = 0, bits = 0; i < dimensions; i++) {
        if ((i & 31) === 0) bits = spread(Math.imul(seed + (i >> 5) + 1, 0x9e3779b1))
        const value = embedding[i] as number
        sum += (bits >>> (i & 31)) & 1 ? value : -value
      }
      if (!Number.isFinite(sum)) return false
      addToColumn(projected, sum, 200 * parts)
      if (projected.edges) hash = hashInt(hash, cellOf(sum, projected, seed) | 0)
    }
    out[j] = hash | 0
  }
  return projected.edges !== null
}

function sketchFeatures(sketcher: Sketcher, features: TrainingData['features'], out: Int32Array): boolean {
  out.fill(0)
  let seen = 0
  let ready = true
  for (const name in features) {
    if (seen++ >= mostFeatures) break
    const key = hashText(hashStart, name)
    const value = features[name] as FeatureValue
    let hash = 0
    let column: Column | null = null
    if (typeof value === 'number') {
      column = columnOf(sketcher, name)
      if (!column || !Number.isFinite(value)) continue
      addToColumn(column, value, lateColumnValues)
      if (!column.edges) ready = false
    } else hash = value === null ? 1 : hashText(key, String(value), 0, mostValueCharacters)
    const thirds = spread(key)
    for (let j = 0; j < parts; j++) {
      if (((thirds >>> (3 * j)) & 7) > 2 && seen > 3) continue
      const code = column?.edges ? cellOf(value as number, column, key + j) : hash
      out[j] = ((out[j] as number) + spread(hashInt(key ^ (seeds[j] as number), code | 0))) | 0
    }
  }
  return ready && seen > 0
}

function columnOf(sketcher: Sketcher, name: string): Column | null {
  const known = sketcher.columns.get(name)
  if (known || sketcher.columns.size >= mostColumns) return known ?? null
  const column = startColumn()
  sketcher.columns.set(name, column)
  return column
}

function cellOf(value: number, { mean, sd }: Column, shift: number): number {
  const width = Math.max(cell * sd, cellOfMedian * Math.abs(mean))
  return Math.max(-1e9, Math.min(1e9, Math.floor((value - mean) / width + spread(shift) / 4294967296)))
}
