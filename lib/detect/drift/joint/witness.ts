import type { Candidate } from '@/lib/detect/drift/joint/candidates'
import { codeOf } from '@/lib/detect/drift/joint/codes'
import { lagScore, signOf } from '@/lib/detect/drift/joint/serial'
import {
  type CodeFunction,
  type CodeRows,
  type JointState,
  stakes,
  studiedRows,
  type Witness,
} from '@/lib/detect/drift/joint/state'

/** A cell became at most so many times likelier, or less likely. */
const mostRatio = 8
const leastRatio = 0.1
/** Rows that follow one another, beyond this many standard errors, are no chance. */
const mostSerial = 3.5

/** Cell of a row: the codes of the witness's features side by side. */
export function cellOf(features: readonly number[], words: ArrayLike<number>, at: number): number {
  let cell = 0
  for (let i = 0; i < features.length; i++) cell |= codeOf(words, at, features[i] as number) << (2 * i)
  return cell
}

/**
 * What moved, as a ratio of densities by cell: 1 + Σ change · Π (function − mean)/(1 − mean²), counted over the bag in force.
 * @returns null where the bag's own first rows depend on one another under it.
 */
export function startWitness(state: JointState, { features, products }: Candidate): Witness | null {
  const { study } = state
  const cells = 4 ** features.length
  const ratio = new Float64Array(cells).fill(1)
  for (const product of products) {
    for (let cell = 0; cell < cells; cell++) {
      let part = product.change
      for (const [i, g] of product.functions.entries()) {
        const { mask } = study.functions[g] as CodeFunction
        const mean = study.reference[g] as number
        part *= (signOf((cell >> (2 * i)) & 3, mask) - mean) / Math.max(0.05, 1 - mean * mean)
      }
      ratio[cell] = (ratio[cell] as number) + part
    }
  }
  const bounded = ratio.map((r) => Math.min(mostRatio, Math.max(leastRatio, r)))
  const ratios = Float64Array.from(new Set(bounded.slice().sort()))
  const levels = Uint8Array.from(bounded, (r) => ratios.indexOf(r))
  const witness: Witness = {
    features,
    products,
    levels,
    ratios,
    shares: new Float64Array(ratios.length),
    counts: new Float64Array(ratios.length),
    rows: 0,
  }
  const known = Math.min(studiedRows, state.studied.count)
  for (let i = 0; i < known; i++) {
    const level = levels[cellOf(features, state.studied.words, 2 * i)] as number
    witness.shares[level] = (witness.shares[level] as number) + 1
  }
  witness.shares = witness.shares.map((own) => (own + 1 / ratios.length) / (known + 1))
  const inOrder = new Float64Array(state.base.count)
  for (let i = 0; i < state.base.count; i++) inOrder[i] = ratios[count(witness, state.base, i)] as number
  if (inOrder.length > 0 && Math.abs(lagScore(inOrder, 1)) > mostSerial) return null
  const held = state.testedRows.length
  for (let i = state.bagFrom; i < state.tested.count; i++) count(witness, state.tested, i % held)
  return witness
}

function count(witness: Witness, { words }: CodeRows, slot: number): number {
  const level = witness.levels[cellOf(witness.features, words, 2 * slot)] as number
  learnLevel(witness, level)
  return level
}

function learnLevel(witness: Witness, level: number): void {
  witness.counts[level] = (witness.counts[level] as number) + 1
  witness.rows++
}

/**
 * Bets on a tested row, then counts it. Its conformal rank among the bag, by level, is uniform whatever came before if rows are exchangeable: whatever
 * the levels are, as long as no tested row had a part in choosing them but by its ranks. The bet on a rank is the ratio of the level at that place, by
 * the studied rows' shares, over their mean: fixed beforehand, with expectation 1.
 *
 * @param m evidence of the bets, from `at` on. @param u uniform and its own for this row. @returns their sum.
 */
export function betOn(witness: Witness, level: number, m: Float64Array, at: number, mass: number, u: number): number {
  const { counts, ratios, rows, shares } = witness
  let below = 0
  for (let b = 0; b < level; b++) below += counts[b] as number
  const rank = (below + u * ((counts[level] as number) + 1)) / (rows + 1)
  let drawn = -1
  let mean = 0
  for (let b = 0, end = 0; b < ratios.length; b++) {
    const share = shares[b] as number
    mean += share * (ratios[b] as number)
    end += share
    if (drawn < 0 && rank < end) drawn = b
  }
  if (drawn < 0) drawn = ratios.length - 1
  let sum = 0
  for (let s = 0; s < stakes.length; s++) {
    const stake = stakes[s] as number
    const e = (1 + stake * ((ratios[drawn] as number) - 1)) / (1 + stake * (mean - 1))
    const after = Math.min(1e300, e * ((m[at + s] as number) + mass / stakes.length))
    m[at + s] = after
    sum += after
  }
  learnLevel(witness, level)
  return sum
}
