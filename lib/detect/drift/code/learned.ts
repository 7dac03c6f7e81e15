import type { CodeUnit } from '@/lib/detect/drift/code/unit'

export const shareRates: readonly number[] = [1 / 30, 1 / 150, 1 / 1000]
const prior = 15
/** a is brought back to 1 before o leaves the range of a number. */
const smallest = 1e-100

/** a = 1 and n = 0 at every rate. */
export function startDecay(decay: Float64Array): void {
  decay.fill(1, 0, 3).fill(0, 3)
}

/**
 * At each of the three rates e = (what the rows of late and the prior foretell of code k) / (its share w in the reference): (o_k + prior·w) / ((n + prior)·w),
 * whose mean over the reference's shares is 1. Then it learns the code.
 */
export function wagerLearned(unit: CodeUnit, k: number, at: number, mass: number): number {
  const { codes, observed, decay } = unit
  const { m } = unit.evidence
  const w = ((unit.counts[k] as number) + 0.5) / (unit.total + 0.5 * codes)
  const leaning = prior * w
  let total = 0
  for (let g = 0; g < 3; g++) {
    const own = g * codes + k
    const a = decay[g] as number
    const rows = decay[3 + g] as number
    const o = observed[own] as number
    const e = (a * o + leaning) / ((rows + prior) * w)
    const after = e * ((m[at + g] as number) + mass)
    m[at + g] = after
    total += after
    const keep = 1 - (shareRates[g] as number)
    decay[g] = a * keep
    decay[3 + g] = rows * keep + 1
    observed[own] = o + 1 / (a * keep)
  }
  if ((decay[0] as number) < smallest) rescale(unit)
  return total
}

function rescale(unit: CodeUnit): void {
  for (let g = 0; g < 3; g++) {
    const a = unit.decay[g] as number
    for (let at = g * unit.codes; at < (g + 1) * unit.codes; at++) unit.observed[at] = (unit.observed[at] as number) * a
    unit.decay[g] = 1
  }
}
