import { binOfValue, quantileOf } from '@/lib/stats/quantile-edges'

/**
 * Are these values back at the approved baseline, rather than at the provisional level? Sum of the log-likelihood ratio over shared quantile bins.
 * Both references sorted. A return resolves without a finding (Contract 3, "Re-arming").
 */
export function returned(approved: Float64Array, provisional: Float64Array, current: ArrayLike<number>): boolean {
  const both = new Float64Array(approved.length + provisional.length)
  both.set(approved)
  both.set(provisional, approved.length)
  both.sort()
  const edges = Float64Array.from(
    new Set(Array.from({ length: 20 }, (_, i) => quantileOf(both, 0.03 + (0.94 * i) / 19))),
  )
  const a = shares(edges, approved, 0.5)
  const b = shares(edges, provisional, 0.5)
  let nats = 0
  for (let i = 0; i < current.length; i++) {
    const bin = binOfValue(edges, current[i] as number)
    nats += Math.log((a[bin] as number) / (b[bin] as number))
  }
  return nats > 0
}

export function shares(edges: Float64Array, values: ArrayLike<number>, prior: number): Float64Array {
  const counts = new Float64Array(edges.length + 1).fill(prior)
  for (let i = 0; i < values.length; i++) {
    const bin = binOfValue(edges, values[i] as number)
    counts[bin] = (counts[bin] as number) + 1
  }
  const total = values.length + prior * counts.length
  return counts.map((value) => value / total)
}
