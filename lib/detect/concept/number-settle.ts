import { labelledRows } from '@/lib/detect/concept/like-rows'
import { armLeaf, type NumberFamily, type NumberUnitName, surprisesAt } from '@/lib/detect/concept/number-family'
import { armScale } from '@/lib/detect/concept/scale-unit'
import type { ConceptState } from '@/lib/detect/concept/state'
import { type NumericUnit, recentRows } from '@/lib/detect/drift/numeric/unit'

/**
 * Units of numbers between an alarm and their next arming.
 */

const leafRows = 700
const settleRows = 500
/** A numeric unit settles on the level since the onset by itself; the scale and the leaves are put to it here. */
export function rearmNumber(state: ConceptState, name: NumberUnitName, onset: number): void {
  const family = state.numberFamily as NumberFamily
  if (name === 'leaf') {
    const come = labelledRows(state.open, state.open.capacity).filter((n) => n >= onset).length
    family.leaf = { ...family.leaf, unit: null, wait: { from: onset, come } }
  }
  // Beyond the new level, not the old one; ranks say the rest.
  if (name === 'scale') {
    const surprises = surprisesSince(state, onset)
    armScale(family.scale, surprises.length >= settleRows ? surprises : [])
  }
}
const surprisesSince = ({ open, numberFamily }: ConceptState, onset: number): number[] =>
  surprisesAt(
    numberFamily as NumberFamily,
    open,
    labelledRows(open, recentRows)
      .filter((n) => n >= onset)
      .reverse(),
  )
/** Counts a labelled row towards the leaves that wait, and ends an episode that is over. */
export function settleNumbers(state: ConceptState, prediction: number): void {
  const family = state.numberFamily as NumberFamily
  const { open, episode } = state
  const { wait } = family.leaf
  if (wait) {
    if (prediction >= wait.from) wait.come++
    if (wait.come === leafRows || wait.come === 3 * leafRows) {
      const rows = labelledRows(open, open.capacity).filter((n) => n >= wait.from)
      const { from, come } = wait
      armLeaf(family, open, state.book, rows)
      if (come < 3 * leafRows) family.leaf.wait = { from, come }
    }
  }
  if (!episode || episode.closed || state.events < episode.closes) return
  episode.closed = true
  const since = surprisesSince(state, episode.onset)
  armScale(family.scale, since)
  if (!state.prompt) return
  const first = open.judgedAt[episode.onset % open.capacity] as number
  for (const name of ['size', 'residual', 'label'] as const) {
    const unit = family[name]
    if (unit.phase === 'armed' && since.length >= 100) settleFrom(unit, first, since.length)
  }
}
/** The unit arms on the level since a row, with the next value. */
function settleFrom(unit: NumericUnit, row: number, rows: number): void {
  unit.provisional = true
  unit.phase = 'settling'
  unit.onsetRow = row
  unit.settled = Math.max(rows, settleRows)
}
