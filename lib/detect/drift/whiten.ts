/**
 * Takes serial correlation out of a numeric series, so that its ranks are near exchangeable. Ranks of a correlated series used raw alarm on every
 * stable stream; decided once, on the baseline.
 *
 * raw         lag-1 correlation within ±.1.
 * innovation  x_t − m − φ(x_{t−1} − m), m the baseline mean, φ from all the past; taken if it leaves neither correlation nor bursts behind.
 * block       means of 5·(1 + r)/(1 − r) values otherwise: slower, and robust.
 * Source      recipes/drift.md §3 "Autocorrelation".
 */
export interface Whitener {
  kind: 'raw' | 'innovation' | 'block'
  mean: number
  /** Sums that give φ = cross / square. */
  cross: number
  square: number
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
  last: Number.NaN,
  size: 1,
  sum: 0,
  held: 0,
  ...part,
})

/** Chooses by the baseline, in its order of arrival. */
export function chooseWhitener(values: ArrayLike<number>): Whitener {
  const mean = meanOf(values)
  const centred = Float64Array.from(values, (value) => value - mean)
  let square = 0
  let cross = 0
  for (let i = 1; i < centred.length; i++) {
    square += (centred[i - 1] as number) ** 2
    cross += (centred[i] as number) * (centred[i - 1] as number)
  }
  const r = square > 0 ? cross / square : 0
  // Beyond the range of a number nothing can be said; ranks still hold for independent values.
  if (!Number.isFinite(r) || !Number.isFinite(square) || Math.abs(r) <= 0.1) return whitener({ mean })
  const phi = Math.min(0.99, Math.max(-0.99, r))
  const rest = centred.map((value, i) => (i === 0 ? 0 : value - phi * (centred[i - 1] as number)))
  const middle = median(rest)
  const size = rest.map((value) => Math.abs(value - middle))
  let bursts = 0
  for (let lag = 1; lag <= 10; lag++) bursts += correlation(size, lag) / 10
  const distinct = new Set(Array.from(values)).size
  if (Math.abs(bursts) < 0.03 && Math.abs(correlation(rest, 1)) < 0.08 && distinct > 50)
    return whitener({ kind: 'innovation', mean, cross, square, last: values[values.length - 1] as number })
  return whitener({ kind: 'block', mean, size: Math.max(2, Math.floor((5 * (1 + phi)) / (1 - phi))) })
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
  const phi = Math.min(0.99, Math.max(-0.99, w.square > 0 ? w.cross / w.square : 0))
  if (learn) {
    w.square += before * before
    w.cross += now * before
  }
  const rest = now - phi * before
  return Number.isFinite(rest) ? rest : Number.NaN
}

/** A stretch of values through a fresh copy: the whitener itself stays as it is. */
export function whitenAll(w: Whitener, values: ArrayLike<number>): number[] {
  const copy: Whitener = { ...w, last: Number.NaN, sum: 0, held: 0 }
  const out: number[] = []
  for (let i = 0; i < values.length; i++) {
    const value = whiten(copy, values[i] as number, false)
    if (!Number.isNaN(value)) out.push(value)
  }
  return out
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
