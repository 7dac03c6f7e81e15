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

export const whitener = (part: Partial<Whitener>): Whitener => ({
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

/** Means of blocks long enough to forget each other, instead of innovations. */
export function asBlocks(w: Whitener): Whitener {
  if (w.kind === 'block') return w
  const phi = phiOf(w)
  return whitener({ kind: 'block', mean: w.mean, size: Math.max(2, Math.floor((5 * (1 + phi)) / (1 - phi))) })
}

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
