import type { Features } from '@/lib/event/types'
import { addToColumn, type Column, columnValues, startColumn } from '@/lib/learn/inputs/columns'
import { hashInt, hashStart, hashText, spread } from '@/lib/learn/inputs/hash'
import { featureAt, mostFeatures, type Places } from './places'

/**
 * Where a row lies, in twelve numbers: its embedding, or else its numbers and categories, each with a random sign added up in one of twelve
 * buckets, which are then standardised. Distances keep their order: rows that were crafted to lie at one point do lie at one point.
 *
 * Source  Charikar, Chen & Farach-Colton 2002 (count sketch); Weinberger et al. 2009 (feature hashing keeps inner products).
 */
export type Scales = Column[]

export const pointLength = 12
/** The first so many are of the embedding or of numbers alone; categories share the others. */
export const metricLength = 8
const farthest = 6
const fewNumbers = 2

export const startScales = (): Scales => Array.from({ length: pointLength }, startColumn)

const bucketOfDimension: number[] = []
const signOfDimension: number[] = []

/** Writes the row's point into `out`. @returns false where it has none: too few numbers, or no scale yet. */
export function pointOf(
  scales: Scales,
  places: Places,
  features: Features,
  embedding: readonly number[] | undefined,
  out: Float32Array,
): boolean {
  out.fill(0)
  if (embedding && embedding.length > 0) addEmbedding(embedding, out)
  else if (!addFeatures(places, features, out)) return false
  let isScaled = true
  for (let k = 0; k < pointLength; k++) {
    const scale = scales[k] as Column
    if (!scale.edges) addToColumn(scale, out[k] as number, columnValues)
    if (!scale.edges) isScaled = false
    else out[k] = Math.max(-farthest, Math.min(farthest, ((out[k] as number) - scale.mean) / scale.sd))
  }
  return isScaled
}

function addEmbedding(embedding: readonly number[], out: Float32Array): void {
  for (let d = bucketOfDimension.length; d < embedding.length; d++) {
    const hash = spread(hashInt(0x51ab, d))
    // The first dimensions have a bucket each, so that short embeddings lose nothing.
    bucketOfDimension.push(d < pointLength ? d : (hash >>> 1) % pointLength)
    signOfDimension.push(hash & 1 ? 1 : -1)
  }
  for (let d = 0; d < embedding.length; d++) {
    const value = embedding[d] as number
    if (!Number.isFinite(value)) continue
    const bucket = bucketOfDimension[d] as number
    out[bucket] = (out[bucket] as number) + (signOfDimension[d] as number) * value
  }
}

/** Of numbers, by the feature's id: the bucket of one beyond the first eight, and the sign. */
const bucketOfId = Uint8Array.from({ length: mostFeatures }, (_, id) => spread(id) % metricLength)
const signOfId = Int8Array.from({ length: mostFeatures }, (_, id) => (spread(id + 7) & 1 ? 1 : -1))

function addFeatures(places: Places, features: Features, out: Float32Array): boolean {
  let numbers = 0
  let at = 0
  for (const name in features) {
    const value = features[name]
    const feature = featureAt(places, at++, name)
    if (!feature || value === null || value === undefined) continue
    if (typeof value !== 'number') {
      const hash = spread(hashText(hashStart, String(value).slice(0, 200)) ^ feature.id)
      const bucket = metricLength + ((hash >>> 1) % (pointLength - metricLength))
      out[bucket] = (out[bucket] as number) + (hash & 1 ? 1 : -1)
    } else if (feature.column.edges && Number.isFinite(value)) {
      const { id, column } = feature
      const z = Math.max(-farthest, Math.min(farthest, (value - column.mean) / column.sd))
      const bucket = numbers < metricLength ? numbers : (bucketOfId[id] as number)
      out[bucket] = (out[bucket] as number) + (signOfId[id] as number) * z
      numbers++
    }
  }
  return numbers >= fewNumbers
}
