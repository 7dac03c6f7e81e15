import type { CodeUnit } from '@/lib/detect/drift/code/unit'

export const shareRates: readonly number[] = [1 / 30, 1 / 150, 1 / 1000]
const prior = 15
/** a is brought back to 1 before o and x leave the range of a number. */
const smallest = 1e-100

/** a = 1 and s = 0 at every rate. */
export function startDecay(decay: Float64Array): void {
  decay.fill(1, 0, 3).fill(0, 3)
}

/**
 * At each of the three rates e = r_k / Σ w·r, r = observed over expected, both with a prior; then it learns the code. One division a code serves all
 * three: n/d = n·d′·d″ / (d·d′·d″).
 */
export function wagerLearned(unit: CodeUnit, k: number, at: number, mass: number): number {
  const { counts, codes, observed, expected, decay } = unit
  const two = 2 * codes
  const rows = unit.total + 0.5 * codes
  const each = 1 / rows
  const a0 = decay[0] as number
  const a1 = decay[1] as number
  const a2 = decay[2] as number
  const s0 = (decay[3] as number) * rows + prior
  const s1 = (decay[4] as number) * rows + prior
  const s2 = (decay[5] as number) * rows + prior
  let norm0 = 0
  let norm1 = 0
  let norm2 = 0
  for (let c = 0; c < codes; c++) {
    const w = ((counts[c] as number) + 0.5) * each
    const d0 = a0 * (expected[c] as number) + s0 * w
    const d1 = a1 * (expected[codes + c] as number) + s1 * w
    const d2 = a2 * (expected[two + c] as number) + s2 * w
    const n0 = a0 * (observed[c] as number) + prior * w
    const n1 = a1 * (observed[codes + c] as number) + prior * w
    const n2 = a2 * (observed[two + c] as number) + prior * w
    const d12 = d1 * d2
    const share = w / (d0 * d12)
    norm0 += n0 * d12 * share
    norm1 += n1 * d0 * d2 * share
    norm2 += n2 * d0 * d1 * share
  }
  norms[0] = norm0
  norms[1] = norm1
  norms[2] = norm2
  const { m } = unit.evidence
  let total = 0
  for (let g = 0; g < 3; g++) {
    const e = ratioOf(unit, g, k) / (norms[g] as number)
    const after = e * ((m[at + g] as number) + mass)
    m[at + g] = after
    total += after
    const keep = 1 - (shareRates[g] as number)
    const a = (decay[g] as number) * keep
    decay[g] = a
    decay[3 + g] = (decay[3 + g] as number) * keep + 1 / rows
    observed[g * codes + k] = (observed[g * codes + k] as number) + 1 / a
  }
  if ((decay[0] as number) < smallest) rescale(unit)
  return total
}

/** Σ w·r by rate. */
const norms = new Float64Array(3)

/** Observed over expected of a code at rate g, with the prior. */
function ratioOf(unit: CodeUnit, g: number, code: number): number {
  const { decay, codes } = unit
  const at = g * codes + code
  const a = decay[g] as number
  const count = (unit.counts[code] as number) + 0.5
  const rows = (prior * count) / (unit.total + 0.5 * codes)
  return (
    (a * (unit.observed[at] as number) + rows) /
    (a * (unit.expected[at] as number) + (decay[3 + g] as number) * count + rows)
  )
}

/** The code enters the counts; what was expected of it until now stays. */
export function countCode(unit: CodeUnit, code: number): void {
  unit.counts[code] = (unit.counts[code] as number) + 1
  unit.total++
  for (let g = 0; g < 3; g++) {
    const at = g * unit.codes + code
    unit.expected[at] = (unit.expected[at] as number) - (unit.decay[3 + g] as number) / (unit.decay[g] as number)
  }
}

function rescale(unit: CodeUnit): void {
  for (let g = 0; g < 3; g++) {
    const a = unit.decay[g] as number
    for (let at = g * unit.codes; at < (g + 1) * unit.codes; at++) {
      unit.observed[at] = (unit.observed[at] as number) * a
      unit.expected[at] = (unit.expected[at] as number) * a
    }
    unit.decay[g] = 1
  }
}
