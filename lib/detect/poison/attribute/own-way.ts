import { shifted } from '@/lib/detect/poison/label-flip/habit'
import type { Recent } from '@/lib/learn/place/recent'
import { asExpected, honestShares } from '@/lib/learn/regression/regressor'
import { addRow, anyWay, hitAt, type Pushed, type Towards } from './push'

/**
 * Where labels are numbers: how many more hits some people had than anybody before it began, in log odds. A lenient one gives more everywhere, and that is
 * no push on the rest of his rows. Severity is left out: it would make the learner's chances less than they are.
 *
 * Formula  max(0, logit((h + n₀u)/(n + n₀)) − logit u), u = expected/n, n₀ = 12 rows of anybody's.
 */
export function ownWay(recent: Recent, towards: Towards, onset: number, isTheirs: (at: number) => boolean): number {
  if (!recent.numeric) return 0
  let [rows, hits, expected] = [0, 0, 0]
  for (let at = 0; at < recent.size; at++) {
    if ((recent.index[at] as number) >= onset || !isTheirs(at)) continue
    rows++
    if (hitAt(recent, towards, at)) hits++
    expected += partOf(towards) * (recent.disagree[at] as number)
  }
  if (rows === 0) return 0
  const usual = within(expected / rows)
  return Math.max(0, logit(within((hits + priorRows * usual) / (rows + priorRows))) - logit(usual))
}

/** As `addSlot`, of somebody with such a way. */
export function addOwn(to: Pushed, recent: Recent, towards: Towards, at: number, way: number): void {
  const p = (towards === anyWay ? recent.disagree[at] : recent.own[at]) as number
  addRow(to, hitAt(recent, towards, at), way === 0 ? p : shifted(p, way))
}

/** What part of the disagreements of anybody falls on a class. */
const partOf = (towards: Towards) =>
  towards === anyWay ? 1 : (honestShares[towards] as number) / (1 - (honestShares[asExpected] as number))

const priorRows = 12
const within = (p: number) => Math.min(0.98, Math.max(0.005, p))
const logit = (p: number) => Math.log(p / (1 - p))
