const rounds = 8

/**
 * Middles of the clumps that points lie in, at most `most`: each begins at the point farthest from those before, and moves to the mean of what is nearest to it.
 * Source: Gonzalez 1985, Clustering to minimize the maximum intercluster distance; Lloyd 1982, Least squares quantization in PCM.
 */
export function centresOf(points: readonly ArrayLike<number>[], most: number): number[][] {
  const [first] = points
  if (!first) return []
  const centres = [Array.from(first)]
  while (centres.length < Math.min(most, points.length)) {
    let farthest = first
    let square = 0
    for (const point of points) {
      const apart = nearestSquare(centres, point, 0)
      if (apart > square) {
        square = apart
        farthest = point
      }
    }
    if (square === 0) break
    centres.push(Array.from(farthest))
  }
  for (let round = 0; round < rounds; round++) {
    const sums = centres.map((centre) => new Float64Array(centre.length))
    const counts = new Int32Array(centres.length)
    for (const point of points) {
      const own = nearest(centres, point)
      counts[own] = (counts[own] as number) + 1
      const sum = sums[own] as Float64Array
      for (let k = 0; k < sum.length; k++) sum[k] = (sum[k] as number) + (point[k] as number)
    }
    for (const [c, centre] of centres.entries())
      for (let k = 0; k < centre.length && (counts[c] as number) > 0; k++)
        centre[k] = ((sums[c] as Float64Array)[k] as number) / (counts[c] as number)
  }
  return centres
}

/** Square of the distance to the nearest of the centres, of a point whose coordinates stand in `values` from `at` on. */
export function nearestSquare(centres: readonly ArrayLike<number>[], values: ArrayLike<number>, at: number): number {
  let least = Number.POSITIVE_INFINITY
  for (const centre of centres) least = Math.min(least, squareTo(centre, values, at))
  return least
}

function nearest(centres: readonly ArrayLike<number>[], point: ArrayLike<number>): number {
  let best = 0
  let least = Number.POSITIVE_INFINITY
  for (let c = 0; c < centres.length; c++) {
    const square = squareTo(centres[c] as ArrayLike<number>, point, 0)
    if (square < least) [least, best] = [square, c]
  }
  return best
}

function squareTo(centre: ArrayLike<number>, values: ArrayLike<number>, at: number): number {
  let square = 0
  for (let k = 0; k < centre.length; k++) square += ((values[at + k] as number) - (centre[k] as number)) ** 2
  return square
}
