import { centresOf, nearestSquare } from '@/lib/detect/drift/embedding/centres'
import { uniformFrom } from '@/lib/stats/hash-uniform'

/**
 * What the first half of a baseline's embeddings says: mean and spread of each dimension. It is fixed then; later embeddings are standardised by it and
 * summed up in a few numbers, at a cost that grows with the dimensions alone.
 */
export interface EmbeddingModel {
  dimensions: number
  rows: number
  /** Running mean and sum of squared deviations by dimension, then mean and 1 / standard deviation. */
  mean: Float64Array
  scale: Float64Array
  /** Which sketch each dimension adds to, and its sign: `copies` of them a dimension. */
  place: Uint8Array
  sign: Int8Array
  copies: number
  /** Folded embeddings of the baseline, while they are gathered; the middles of their clumps, to one of which a later one is nearest. */
  points: number[][]
  centres: number[][]
}

const sketches = 12
/** Sums of all dimensions are dear beyond this many; then each dimension adds to two sketches. */
const mostDense = 64
const seed = 0x1a2b3c

export const embeddingSeries: readonly string[] = [
  'length',
  'distance from the usual',
  ...Array.from({ length: sketches }, (_, k) => `direction ${k + 1}`),
  'distance to the nearest known',
]

export const startEmbeddingModel = (): EmbeddingModel => ({
  dimensions: 0,
  rows: 0,
  mean: new Float64Array(0),
  scale: new Float64Array(0),
  place: new Uint8Array(0),
  sign: new Int8Array(0),
  copies: 0,
  points: [],
  centres: [],
})

/** The first embedding says how many dimensions there are. */
export function shapeModel(model: EmbeddingModel, dimensions: number): void {
  model.dimensions = dimensions
  model.mean = new Float64Array(dimensions)
  model.scale = new Float64Array(dimensions)
  model.copies = dimensions <= mostDense ? sketches : 2
  model.place = new Uint8Array(dimensions * model.copies)
  model.sign = new Int8Array(dimensions * model.copies)
  for (let i = 0; i < model.place.length; i++) {
    const dense = model.copies === sketches
    model.place[i] = dense ? i % sketches : Math.floor(uniformFrom(seed, i) * sketches)
    model.sign[i] = uniformFrom(seed + 1, i) < 0.5 ? -1 : 1
  }
}

export function learnEmbedding(model: EmbeddingModel, vector: readonly number[]): void {
  model.rows++
  for (let i = 0; i < model.dimensions; i++) {
    const value = vector[i] as number
    const apart = value - (model.mean[i] as number)
    model.mean[i] = (model.mean[i] as number) + apart / model.rows
    model.scale[i] = (model.scale[i] as number) + apart * (value - (model.mean[i] as number))
  }
}

/** The first half is over: spreads become factors. A dimension that never moved counts as it is. */
export function fixModel(model: EmbeddingModel): void {
  for (let i = 0; i < model.dimensions; i++) {
    const variance = (model.scale[i] as number) / Math.max(1, model.rows - 1)
    model.scale[i] = variance > 0 && Number.isFinite(variance) ? 1 / Math.sqrt(variance) : 1
  }
}

const mostCentres = 16
/** Embeddings that the centres are made of: a quarter of as many as mean and spread came from. */
const sampled = (model: EmbeddingModel): number => Math.max(mostCentres, Math.floor(model.rows / 4))

/** The standardised embedding at hand, folded with random signs where it has more dimensions than places: distances stay nearly as they are. */
const folded = new Float64Array(64)

/** Fills `out` by `embeddingSeries`. The first ones while `learning` make the centres, and have no distance to them. */
export function measureEmbedding(
  model: EmbeddingModel,
  vector: readonly number[],
  out: Float64Array,
  learning: boolean,
): void {
  const { mean, scale, place, sign, copies, dimensions } = model
  out.fill(0)
  folded.fill(0)
  let length = 0
  let apart = 0
  for (let i = 0, at = 0; i < dimensions; i++) {
    const value = vector[i] as number
    const z = Math.max(-50, Math.min(50, (value - (mean[i] as number)) * (scale[i] as number)))
    length += value * value
    apart += z * z
    folded[i & 63] = (folded[i & 63] as number) + (sign[at] as number) * z
    for (const end = at + copies; at < end; at++) {
      const slot = 2 + (place[at] as number)
      out[slot] = (out[slot] as number) + (sign[at] as number) * z
    }
  }
  out[0] = Math.log(Math.sqrt(length) + 1e-12)
  out[1] = Math.log(apart / dimensions + 1e-12)
  if (learning && model.centres.length === 0) {
    model.points.push(Array.from(folded.subarray(0, Math.min(folded.length, dimensions))))
    if (model.points.length === sampled(model)) {
      model.centres = centresOf(model.points, mostCentres)
      model.points = []
    }
    out[2 + sketches] = Number.NaN
    return
  }
  const nearest = nearestSquare(model.centres, folded, 0)
  out[2 + sketches] = Number.isFinite(nearest) ? Math.log(nearest + 1e-12) : Number.NaN
}
