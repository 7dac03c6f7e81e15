import { candidatesOf } from '@/lib/detect/drift/joint/candidates'
import { rowWords } from '@/lib/detect/drift/joint/codes'
import { type JointState, slots, stakes, type Witness } from '@/lib/detect/drift/joint/state'
import { betOn, cellOf, startWitness } from '@/lib/detect/drift/joint/witness'
import { goldenStep } from '@/lib/stats/golden-step'

/** A dependence whose evidence has passed. */
export interface JointCrossing {
  witness: Witness
  logE: number
  threshold: number
}

/** Is this a number whose correlations the pair detector watches? Of a seasonal model it does not. */
export const isPaired = ({ features }: JointState, f: number): boolean =>
  features[f]?.edges !== null && features[f]?.season === null

/** What the studied rows suggest now; a dependence that was bet on before keeps its slot. */
export function chooseWitnesses(state: JointState): void {
  const candidates = candidatesOf(state.study, (f) => isPaired(state, f), slots)
  const before = state.witnesses.map((witness) => witness?.features.join() ?? '')
  const next: (Witness | null)[] = new Array(slots).fill(null)
  const rest = candidates.filter((candidate) => {
    const slot = before.indexOf(candidate.features.join())
    if (slot >= 0) next[slot] = startWitness(state, candidate)
    return slot < 0
  })
  for (const candidate of rest) {
    const slot = next.indexOf(null)
    if (slot >= 0) next[slot] = startWitness(state, candidate)
  }
  state.witnesses = next.some((witness) => witness) ? next : []
}

/** Bets on the tested row in `rowWords`. @returns what crossed. */
export function testRow(state: JointState, u: number): JointCrossing | null {
  const { witnesses, m } = state
  if (witnesses.length === 0) return null
  let live = 0
  for (const witness of witnesses) if (witness) live++
  const mass = state.received
  state.mass += mass
  state.received = 0
  state.updates++
  let total = 0
  let most = 0
  let best: Witness | null = null
  for (let slot = 0; slot < slots; slot++) {
    const witness = witnesses[slot]
    const at = slot * stakes.length
    if (!witness) {
      for (let s = 0; s < stakes.length; s++) total += m[at + s] as number
      continue
    }
    const level = witness.levels[cellOf(witness.features, rowWords, 0)] as number
    const sum = betOn(witness, level, m, at, mass / live, (u + slot * goldenStep) % 1)
    total += sum
    if (sum > most) {
      most = sum
      best = witness
    }
  }
  if (total < 1 || !best) return null
  const threshold = -Math.log(state.mass / state.updates)
  return { witness: best, logE: Math.log(total) + threshold, threshold }
}
