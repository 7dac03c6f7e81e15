/** Quantiles at which a baseline is cut: fine in the tails, where few rows decide. */
const cuts: readonly number[] = [
  0.0005,
  0.001,
  0.002,
  0.004,
  0.008,
  0.015,
  ...Array.from({ length: 48 }, (_, i) => 0.03 + (0.94 * i) / 47),
  0.985,
  0.992,
  0.996,
  0.998,
  0.999,
  0.9995,
]

/** Upper edges of the bins of a sorted sample, each a value of the sample, without repeats: at most 60, so at most 61 bins. Empty for an empty one. */
export function quantileEdges(sorted: ArrayLike<number>): Float64Array {
  const edges: number[] = []
  for (const cut of sorted.length > 0 ? cuts : []) {
    const edge = sorted[Math.min(sorted.length - 1, Math.floor(cut * sorted.length))] as number
    if (edges.length === 0 || edge > (edges[edges.length - 1] as number)) edges.push(edge)
  }
  return Float64Array.from(edges)
}

/** The bin of a value: how many edges lie below it. A value on an edge belongs to the bin that the edge closes. */
export function binOfValue(edges: Float64Array, value: number): number {
  let low = 0
  let high = edges.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((edges[middle] as number) < value) low = middle + 1
    else high = middle
  }
  return low
}

/** Linear interpolation between the order statistics of a sorted sample; NaN for an empty one. */
export function quantileOf(sorted: ArrayLike<number>, p: number): number {
  if (sorted.length === 0) return Number.NaN
  const at = p * (sorted.length - 1)
  const low = Math.floor(at)
  const a = sorted[low] as number
  const b = sorted[Math.min(sorted.length - 1, low + 1)] as number
  return a === b ? a : a + (at - low) * (b - a)
}
