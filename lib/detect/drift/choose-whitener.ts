import { asBlocks, phiOf, type Whitener, whitener } from '@/lib/detect/drift/whiten'

/**
 * Chooses by the baseline, in its order of arrival.
 * @param tied few distinct values: then an innovation is one of few steps, and blocks are better.
 * @param befores of a thinned baseline: the value that came before each. Correlation and bursts beyond one step cannot be looked for then.
 * @param waves look for a slow wave under noise, as a sum of many columns may bear, and take blocks as long as it is remembered.
 * @param swings look for calm and wild stretches that take turns.
 */
export function chooseWhitener(
  values: ArrayLike<number>,
  tied = false,
  befores: ArrayLike<number> | null = null,
  waves = false,
  swings = false,
): Whitener {
  const mean = meanOf(values)
  const centred = Float64Array.from(values, (value) => value - mean)
  let square = 0
  let cross = 0
  for (let i = 1; i < centred.length; i++) {
    const before = befores ? (befores[i] as number) - mean : (centred[i - 1] as number)
    square += before * before
    cross += (centred[i] as number) * before
  }
  const r = square > 0 ? cross / square : 0
  // Beyond the range of a number nothing can be said; ranks still hold for independent values.
  if (!Number.isFinite(r) || !Number.isFinite(square)) return whitener({ mean })
  if (swings && !befores && Math.abs(r) <= 0.1) {
    const size = swing(centred)
    if (size > 1) return whitener({ kind: 'block', mean, size })
  }
  if (r > -0.1 && r <= 1.5 / Math.sqrt(values.length)) return whitener({ mean })
  const pairs = centred.length - 1
  const innovation = whitener({
    kind: 'innovation',
    mean,
    cross,
    square,
    pairs,
    last: values[values.length - 1] as number,
  })
  if (Math.abs(r) <= 0.1 || befores) return innovation
  const phi = phiOf(innovation)
  const rest = centred.map((value, i) => (i === 0 ? 0 : value - phi * (centred[i - 1] as number)))
  const middle = median(rest)
  const size = rest.map((value) => Math.abs(value - middle))
  let bursts = 0
  for (let lag = 1; lag <= 10; lag++) bursts += correlation(size, lag) / 10
  let left = 0
  for (let lag = 1; lag <= 20; lag++) left += correlation(rest, lag)
  // A baseline of a few dozen independent values does not know its own range: what lies beyond would look like steps.
  const independent = (values.length * (1 - phi)) / (1 + phi)
  if (
    independent > fewestIndependent &&
    Math.abs(bursts) < 0.03 &&
    Math.abs(correlation(rest, 1)) < 0.08 &&
    left < mostLeft &&
    !bends(centred, rest) &&
    !tied
  )
    return innovation
  const blocks = asBlocks(innovation)
  return waves ? { ...blocks, size: Math.max(blocks.size, Math.floor(5 * memory(centred))) } : blocks
}

/**
 * Do calm and wild stretches take turns although the values themselves do not hang together (returns of a price)? Then they are no chance order: the
 * length of blocks that forget it, for a width that changes all the time is nothing to tell; else 1. Wild values count as five usual ones.
 */
function swing(centred: Float64Array): number {
  if (centred.length < fewestForSwing) return 1
  const size = centred.map(Math.abs)
  const most = 5 * median(size)
  for (let i = 0; i < size.length; i++) size[i] = Math.min(most, size[i] as number)
  let bursts = 0
  for (let lag = 1; lag <= 10; lag++) bursts += correlation(size, lag) / 10
  if (bursts <= Math.max(leastBursts, 4 / Math.sqrt(10 * size.length))) return 1
  const mean = meanOf(size)
  return Math.min(mostBlock, Math.max(5, Math.floor(5 * memory(size.map((value) => value - mean)))))
}

const fewestForSwing = 500
const leastBursts = 0.03
const mostBlock = 20

/**
 * What a series remembers beyond its last step (a slow wave under noise: r says little of it): the variance of a mean over that of as many independent
 * values, 1 + 2 Σ (1 − k/(K + 1)) ρ_k, the greatest over K of 32 and 128 where it is beyond chance.
 */
function memory(centred: Float64Array): number {
  let most = 1
  for (const reach of [32, 128]) {
    if (centred.length < 8 * reach) continue
    let sum = 0
    for (let lag = 1; lag <= reach; lag++) sum += 2 * (1 - lag / (reach + 1)) * correlation(centred, lag)
    if (sum > 3 * Math.sqrt((4 * reach) / (3 * centred.length))) most = Math.max(most, 1 + sum)
  }
  return most
}

/**
 * Does what is left of a step depend on the value before it, in size or beyond a straight line? So it does where values are bounded or skewed: steps
 * are small at a floor, and a recursion that is straight elsewhere is not straight there. Its ranks would be no chance.
 */
function bends(centred: Float64Array, rest: Float64Array): boolean {
  const limit = 3.5 / Math.sqrt(rest.length)
  const size = rest.map(Math.abs)
  const before = centred.map((_, i) => centred[Math.max(0, i - 1)] as number)
  const far = before.map(Math.abs)
  return (
    Math.abs(alike(size, before)) > limit || Math.abs(alike(size, far)) > limit || Math.abs(alike(rest, far)) > limit
  )
}

/** Correlation of two series. */
function alike(a: Float64Array, b: Float64Array): number {
  const [meanA, meanB] = [meanOf(a), meanOf(b)]
  let aa = 0
  let bb = 0
  let ab = 0
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [(a[i] as number) - meanA, (b[i] as number) - meanB]
    aa += x * x
    bb += y * y
    ab += x * y
  }
  const both = Math.sqrt(aa * bb)
  return both > 0 && Number.isFinite(both) ? ab / both : 0
}

const fewestIndependent = 50
/** Sum of the correlations of an innovation with the twenty after it; chance makes it .1 in two thousand rows. */
const mostLeft = 0.2

function meanOf(values: ArrayLike<number>): number {
  let mean = 0
  for (let i = 0; i < values.length; i++) mean += ((values[i] as number) - mean) / (i + 1)
  return Number.isFinite(mean) ? mean : 0
}

function median(values: Float64Array): number {
  const sorted = values.slice().sort()
  return sorted[sorted.length >> 1] ?? 0
}

function correlation(values: Float64Array, lag: number): number {
  const mean = meanOf(values)
  let square = 0
  let cross = 0
  for (let i = 0; i < values.length; i++) {
    const centred = (values[i] as number) - mean
    square += centred * centred
    if (i >= lag) cross += centred * ((values[i - lag] as number) - mean)
  }
  return square > 0 && Number.isFinite(square) ? cross / square : 0
}
