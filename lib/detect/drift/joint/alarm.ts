import type { Alarm, Return } from '@/lib/detect/detector'
import { isPaired, type JointCrossing } from '@/lib/detect/drift/joint/bets'
import { type Candidate, candidatesOf, cumulant } from '@/lib/detect/drift/joint/candidates'
import { onsetOf, shareOf } from '@/lib/detect/drift/joint/onset'
import { renewBag } from '@/lib/detect/drift/joint/rows'
import { type JointState, reserveRows, startCodeRows, type Witness } from '@/lib/detect/drift/joint/state'
import { rowAt } from '@/lib/detect/drift/rows'
import { brief, percent } from '@/lib/detect/drift/words'
import type { Frame } from '@/lib/detect/frame'

/** Rows after an alarm that make the next reference. */
const learnRows = 1280
/** A dependence that moved at least so clearly beside the one that crossed, and shares a feature with it, is part of the same change. */
const clearly = 0.6
const leastClear = 5
const mostNamed = 6
/** Features that say more than this part by themselves are told by their own detectors. */
const mostAlone = 0.5

/** What came of a crossing; `alone`: its features moved each by itself, and what they have to do with one another says little. */
export interface Said {
  alarm: Alarm | null
  back: Return | null
  alone: boolean
}

/** A dependence that changed, in words; none when it is real but small; or that it is back as the approved baseline had it. */
export function jointAlarm(
  state: JointState,
  { witness, logE, threshold }: JointCrossing,
  frame: Frame,
  least: number,
): Said {
  const onset = onsetOf(state, witness, frame.row)
  const strongest = witness.products.reduce((a, b) => (Math.abs(b.z) > Math.abs(a.z) ? b : a))
  const named = namesOf(state, witness)
  const unit = `joint=${named.join()}`
  const at = { unit, subject: { features: named }, eventIndex: rowAt(frame.rows, frame.row).line }
  const { line, timeMs } = rowAt(frame.rows, onset.row)
  if (onset.alone > mostAlone) return { alarm: null, back: null, alone: true }
  if (isReturn(state, witness)) {
    return { alarm: null, back: { kind: 'drift.multivariate', ...at, onsetIndex: line }, alone: false }
  }
  const effect = Math.sign(strongest.change) * Math.max(0, Math.abs(strongest.change) - 1 / Math.sqrt(onset.rows))
  if (Math.abs(effect) < least && onset.rows >= 64) return { alarm: null, back: null, alone: false }
  for (const product of witness.products) {
    const key = String(product.index)
    if (!state.approved.has(key))
      state.approved.set(key, cumulant(state.study, state.study.reference, product.index, product.functions))
  }
  const { comparison, worst } = onset
  const [before, now] = [shareOf(comparison.reference, worst), shareOf(comparison.current, worst)]
  const list = `${named.slice(0, -1).join(', ')} and ${named.at(-1)}`
  const alarm: Alarm = {
    kind: 'drift.multivariate',
    ...at,
    onsetIndex: line,
    onsetTimeMs: timeMs,
    logE,
    threshold,
    effect,
    effectUnit: 'change of the mean product of two halves, as a correlation',
    n: onset.rows,
    severity: 'warning',
    verdict: 'undetermined',
    why: `${list} hang together in another way, while each may keep its own distribution: ${comparison.bins[worst]} were ${percent(before)} of the rows and are ${percent(now)}`,
    test: `Rows since the onset in the cells of ${witness.features.length === 2 ? 'their quarters' : 'their halves'}, against earlier ones; the cells were chosen by other rows than these (mean product moved by ${brief(strongest.change)}). A join that went wrong breaks a dependence just like a change of the world.`,
    comparison,
  }
  return { alarm, back: null, alone: false }
}

/** The features of the witness, and of what moved as clearly and shares one with those named. In the order of the row. */
function namesOf(state: JointState, witness: Witness): string[] {
  const named = new Set(witness.features)
  const own = Math.max(...witness.products.map((product) => Math.abs(product.z)))
  const others = candidatesOf(state.study, (f) => isPaired(state, f), 64)
  const clear = ({ z }: Candidate) => z >= Math.max(leastClear, clearly * own)
  for (let grown = true; grown; ) {
    grown = false
    for (const other of others) {
      if (!clear(other) || !other.features.some((f) => named.has(f)) || other.features.every((f) => named.has(f)))
        continue
      if (named.size >= mostNamed) break
      for (const f of other.features) named.add(f)
      grown = true
    }
  }
  return [...named].sort((a, b) => a - b).map((f) => state.features[f]?.name as string)
}

/** Did what was said before go back: nearer to what the approved baseline had than to the level since? */
function isReturn(state: JointState, witness: Witness): boolean {
  let back = 0
  for (const { index, functions, change } of witness.products) {
    const home = state.approved.get(String(index))
    if (home === undefined) continue
    const level = cumulant(state.study, state.study.reference, index, functions)
    back += Math.abs(level + change - home) < Math.abs(change) / 2 ? 1 : -1
  }
  return back > 0
}

/** The evidence goes, the reference stays. */
export function forgetBets(state: JointState): void {
  state.witnesses = []
  state.m.fill(0)
  state.mass = 0
  state.updates = 0
}

/** A new reference from here on: what was bet on is said, or too small to say. */
export function settleJoint(state: JointState, row: number): void {
  const { study } = state
  study.held = 0
  study.blocks = 0
  study.since = 0
  study.reference.fill(0)
  forgetBets(state)
  state.reserve = startCodeRows(reserveRows)
  state.studied.count = 0
  renewBag(state)
  state.phase = 'learning'
  state.learnedRow = row + learnRows
}
