/**
 * Takes serial correlation out of a numeric series, so that its ranks are near exchangeable. Ranks of a correlated series used raw alarm on every
 * stable stream, and even a correlation of .05 left in multiplies false alarms by four: a bet of size λ then grows by λ²·r/(1 − r) nats a row
 * on nothing. Decided once, on the baseline.
 *
 * raw         lag-1 correlation negative, or no larger than chance makes it.
 * innovation  x_t − m − φ(x_{t−1} − m), m the baseline mean, φ from all the past and one standard error more, since too much whitening is safe and
 *             too little is not; taken if it leaves neither correlation nor bursts behind, and depends on the
 *             value before in no way.
 * block       means of 5·(1 + r)/(1 − r) values otherwise, more where a slow wave lies under noise: slower, and robust.
 * Source      recipes/drift.md §3 "Autocorrelation".
 */
export interface Whitener {
  kind: 'raw' | 'innovation' | 'block'
  mean: number
  /** Sums that give φ = cross / square, and how many pairs are in them. */
  cross: number
  square: number
  pairs: number
  last: number
  size: number
  sum: number
  held: number
}

const whitener = (part: Partial<Whitener>): Whitener => ({
  kind: 'raw',
  mean: 0,
  cross: 0,
  square: 0,
  pairs: 0,
  last: Number.NaN,
  size: 1,
  sum: 0,
  held: 0,
  ...part,
})

/**
 * Chooses by the baseline, in its order of arrival.
 * @param tied few distinct values: then an innovation is one of few steps, and blocks are better.
 * @param befores of a thinned baseline: the value that came before each. Correlation and bursts beyond one step cannot be looked for then.
 * @param waves look for a slow wave under noise, as a sum of many columns may bear, and take blocks as long as it is remembered.
 */
export function chooseWhitener(
  values: ArrayLike<number>,
  tied = false,
  befores: ArrayLike<number> | null = null,
  waves = false,
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

/** Means of blocks long enough to forget each other, instead of innovations. */
export function asBlocks(w: Whitener): Whitener {
  if (w.kind === 'block') return w
  const phi = phiOf(w)
  return whitener({ kind: 'block', mean: w.mean, size: Math.max(2, Math.floor((5 * (1 + phi)) / (1 - phi))) })
}

const fewestIndependent = 50
/** Sum of the correlations of an innovation with the twenty after it; chance makes it .1 in two thousand rows. */
const mostLeft = 0.2

/** φ with its standard error on top where it is positive. */
export function phiOf(w: Whitener): number {
  const r = w.square > 0 ? w.cross / w.square : 0
  const error = r > 0 && w.pairs > 0 ? Math.sqrt(Math.max(0, 1 - r * r) / w.pairs) : 0
  return Math.min(0.99, Math.max(-0.99, r + error))
}

/** @returns the whitened value, or NaN while a block fills. `learn`: φ goes on learning, which it must not on a level not approved. */
export function whiten(w: Whitener, value: number, learn: boolean): number {
  if (w.kind === 'raw') return value
  if (w.kind === 'block') {
    w.sum += value
    w.held++
    if (w.held < w.size) return Number.NaN
    const mean = w.sum / w.size
    w.sum = 0
    w.held = 0
    return mean
  }
  const before = w.last - w.mean
  const now = value - w.mean
  w.last = value
  if (!Number.isFinite(before)) return Number.NaN
  const phi = phiOf(w)
  if (learn) {
    w.square += before * before
    w.cross += now * before
    w.pairs++
  }
  const rest = now - phi * before
  return Number.isFinite(rest) ? rest : Number.NaN
}

/** A stretch of values through a fresh copy, NaN where there is none: the whitener itself stays as it is. */
export function whitenEach(w: Whitener, values: ArrayLike<number>): Float64Array {
  const copy: Whitener = { ...w, last: Number.NaN, sum: 0, held: 0 }
  return Float64Array.from(values, (value) => whiten(copy, value, false))
}

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
