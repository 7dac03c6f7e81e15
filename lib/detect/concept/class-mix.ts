import { type ShareCounts, shareIn } from '@/lib/detect/concept/share-unit'

/** Rows by stratum (−1: of none) and code. */
interface Rows {
  readonly n: number
  readonly strata: ArrayLike<number>
  readonly codes: ArrayLike<number>
}

/**
 * Did the mix of the classes move, and nothing else? Under label shift (p(x | y) stays) every leaf's odds of a class are multiplied by one number a
 * class; under a changed rule some leaves change and others do not. Nats of the best common multipliers over the old shares, less ½ ln n for each.
 * Under label shift the rows move too, to where the class that grew lies: `placed`, nats of the leaves in which they lie. A rule that answers one
 * class everywhere looks like the first, not like the second.
 * Source: Saerens, Latinne & Decaestecker 2002 (prior shift); Schwarz 1978 (price of a parameter).
 */
export function classMix(leaf: ShareCounts, walk: Rows, until: number): { nats: number; placed: number } {
  const { codes, strata } = leaf
  const rows = new Float64Array(strata)
  const came = new Float64Array(codes)
  const byLeaf = new Float64Array(strata * codes)
  let n = 0
  for (let i = 0; i <= until && i < walk.n; i++) {
    const s = walk.strata[i] as number
    if (s < 0) continue
    const code = walk.codes[i] as number
    rows[s] = (rows[s] as number) + 1
    came[code] = (came[code] as number) + 1
    byLeaf[s * codes + code] = (byLeaf[s * codes + code] as number) + 1
    n++
  }
  if (n < 20) return { nats: 0, placed: 0 }
  const odds = new Float64Array(codes).fill(1)
  const tilted = (s: number, c: number, norm: number) => ((odds[c] as number) * shareIn(leaf, s, c)) / norm
  const normOf = (s: number) => {
    let norm = 0
    for (let c = 0; c < codes; c++) norm += (odds[c] as number) * shareIn(leaf, s, c)
    return norm
  }
  for (let round = 0; round < 30; round++) {
    const due = new Float64Array(codes)
    for (let s = 0; s < strata; s++) {
      if (rows[s] === 0) continue
      const norm = normOf(s)
      for (let c = 0; c < codes; c++) due[c] = (due[c] as number) + (rows[s] as number) * tilted(s, c, norm)
    }
    for (let c = 0; c < codes; c++)
      odds[c] = (odds[c] as number) * (((came[c] as number) + 0.5) / ((due[c] as number) + 0.5))
  }
  let nats = 0
  let placed = 0
  let held = 0
  let total = 0
  for (let s = 0; s < strata; s++) {
    const norm = normOf(s)
    held += leaf.totals[s] as number
    total += (leaf.totals[s] as number) * norm
    if (rows[s] === 0) continue
    placed += (rows[s] as number) * Math.log(norm)
    for (let c = 0; c < codes; c++)
      nats += (byLeaf[s * codes + c] as number) * Math.log(tilted(s, c, norm) / shareIn(leaf, s, c))
  }
  return { nats: nats - 0.5 * (codes - 1) * Math.log(n), placed: placed - n * Math.log(total / held) }
}
