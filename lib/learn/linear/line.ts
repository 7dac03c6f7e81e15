import type { Inputs } from '@/lib/learn/inputs/encode'

/**
 * A number from hashed inputs, linear: each step takes the prediction a given part of the way to the label, by inputs little used so far before others.
 *
 * Update  w_j ← w_j + κ·e·x_j/√G_j / Σ x_i²/√G_i,  G_j ← G_j + x_j²: after it the error is (1 − κ)·e, whatever the scale or number of inputs.
 * Source  Nagumo & Noda 1967 (NLMS); Duchi, Hazan & Singer 2011, JMLR 12.
 */
export function predictLine(table: Float32Array, row: Inputs): number {
  if (table.length === 0) return 0
  const { count, index, value } = row
  let sum = 0
  for (let i = 0; i < count; i++) sum += (value[i] as number) * (table[(index[i] as number) * 2] as number)
  return sum
}

const wildest = 2.5
const scaled = new Float64Array(4096)

/** @param part κ, of the way. An error counts as 2.5 at most: one wild label must not turn everything. */
export function learnLine(table: Float32Array, row: Inputs, t: number, part: number): void {
  const { count, index, value } = row
  const error = Math.max(-wildest, Math.min(wildest, t - predictLine(table, row)))
  let norm = 1e-6
  for (let i = 0; i < count; i++) {
    const at = (index[i] as number) * 2 + 1
    const x = value[i] as number
    const g = (table[at] as number) + x * x
    table[at] = g
    const s = x / Math.sqrt(g + 0.1)
    scaled[i] = s
    norm += s * x
  }
  const step = (part * error) / norm
  for (let i = 0; i < count; i++) {
    const at = (index[i] as number) * 2
    table[at] = (table[at] as number) + step * (scaled[i] as number)
  }
}
