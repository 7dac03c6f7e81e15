import type { Alarm } from '@/lib/detect/detector'
import { compareNumbers } from '@/lib/detect/drift/numeric/comparison'
import { blockRows, heldBlocks, type PairState, type PairUnit } from '@/lib/detect/drift/pair/state'
import type { PairCrossing } from '@/lib/detect/drift/pair/unit'
import { rowAt } from '@/lib/detect/drift/rows'
import { brief } from '@/lib/detect/drift/words'
import type { Frame } from '@/lib/detect/frame'

/** A dependence that changed, in words; null when it is real but smaller than `least` on the scale of a correlation. */
export function pairAlarm(
  state: PairState,
  pair: PairUnit,
  crossing: PairCrossing,
  frame: Frame,
  least: number,
): Alarm | null {
  const name = (place: number) => state.columns.names[state.used[place] as number] as string
  // In the order in which the features came.

  const features = [name(pair.b), name(pair.a)]
  const rho = state.rho[pair.place] as number
  const before = correlationOf(rho, crossing.reference)
  const now = correlationOf(rho, crossing.current)
  const n = crossing.current.length * blockRows
  const chance = (1 - Math.min(before * before, now * now)) / Math.sqrt(n)
  const effect = Math.sign(now - before) * Math.max(0, Math.abs(now - before) - chance)
  if (Math.abs(effect) < least && crossing.current.length >= 8) return null
  const onset = rowAt(frame.rows, state.firstRows[crossing.onsetBlock % heldBlocks] as number)
  const [a, b] = features as [string, string]
  const against = crossing.provisional ? ' (against the level of its last finding)' : ''
  return {
    kind: 'drift.multivariate',
    unit: `features=${a},${b}`,
    subject: { features },
    eventIndex: rowAt(frame.rows, frame.row).line,
    onsetIndex: onset.line,
    onsetTimeMs: onset.timeMs,
    logE: crossing.logE,
    threshold: crossing.threshold,
    effect,
    effectUnit: 'change of the correlation of normal scores',
    n,
    severity: 'warning',
    verdict: 'undetermined',
    why: `${a} and ${b} went from a correlation of ${brief(before)} to ${brief(now)}${against}, while each may keep its own distribution`,
    test: 'Products of baseline normal scores, in blocks of 8 rows, against those of the baseline. A join of two sources that went wrong breaks a dependence just like a change of the world.',
    comparison: compareNumbers(Float64Array.from(crossing.reference), Float64Array.from(crossing.current).sort()),
  }
}

/** What a correlation must be for blocks of this mean, if the margins are those of the baseline. */
function correlationOf(rho: number, blocks: Float32Array): number {
  const mean = blocks.reduce((sum, value) => sum + value, 0) / Math.max(1, blocks.length)
  return Math.min(1, Math.max(-1, (mean + 2 * rho) / (1 + rho * rho)))
}
