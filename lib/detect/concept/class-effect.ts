import type { Walk } from '@/lib/detect/concept/share-onset'
import type { ShareUnit } from '@/lib/detect/concept/share-unit'

/** How far the rows of a walk up to a place are from the level that a unit was armed on. */
export interface ClassEffect {
  n: number
  /** Root mean square change of a code's share within strata, what chance gives taken off. */
  moved: number
  /** Observed and expected share of code 1, and the rise less one standard deviation of chance. */
  share: number
  expected: number
  rise: number
  /** The stratum that adds most, its rows by code, and the level's. */
  worst: number
  current: Float64Array
  reference: Float64Array
  /** All rows by code, and as many as expected. */
  all: Float64Array
  due: Float64Array
}

export function classEffect(unit: ShareUnit, walk: Walk, until: number): ClassEffect {
  const { codes, strata, reference } = unit
  const counts = new Float64Array(strata * codes)
  const rows = new Float64Array(strata)
  let n = 0
  for (let i = 0; i <= until && i < walk.n; i++) {
    const s = walk.strata[i] as number
    if (s < 0) continue
    const at = s * codes + (walk.codes[i] as number)
    counts[at] = (counts[at] as number) + 1
    rows[s] = (rows[s] as number) + 1
    n++
  }
  const all = new Float64Array(codes)
  const due = new Float64Array(codes)
  let square = 0
  let chance = 0
  let worst = 0
  let most = Number.NEGATIVE_INFINITY
  for (let s = 0; s < strata; s++) {
    const here = rows[s] as number
    if (here === 0) continue
    let before = 0
    for (let c = 0; c < codes; c++) before += reference[s * codes + c] as number
    let gain = 0
    for (let c = 0; c < codes; c++) {
      const w = ((reference[s * codes + c] as number) + 0.5) / (before + 0.5 * codes)
      const gap = (counts[s * codes + c] as number) / here - w
      const noise = w * (1 - w) * (1 / here + 1 / (before + 1))
      gain += (here / n / codes) * (gap * gap - noise)
      all[c] = (all[c] as number) + (counts[s * codes + c] as number)
      due[c] = (due[c] as number) + here * w
      if (c === 1) chance += here * here * noise
    }
    square += gain
    if (gain > most) {
      most = gain
      worst = s
    }
  }
  const of = (from: Float64Array) => from.slice(worst * codes, (worst + 1) * codes)
  const share = n > 0 ? (all[1] as number) / n : 0
  const expected = n > 0 ? (due[1] as number) / n : 0
  return {
    n,
    moved: Math.sqrt(Math.max(0, square)),
    share,
    expected,
    rise: Math.max(0, share - expected - (n > 0 ? Math.sqrt(chance) / n : 0)),
    worst,
    current: of(counts),
    reference: of(reference),
    all,
    due,
  }
}
