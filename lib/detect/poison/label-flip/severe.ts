import { anyBet } from '@/lib/detect/poison/bets'
import { wasCareful } from '@/lib/detect/poison/borne'
import { type Recent, since } from '@/lib/learn/place/recent'
import { asExpected } from '@/lib/learn/regression/regressor'
import { habitBefore } from './habit'
import type { Unit } from './unit'
import type { Push } from './world'

/**
 * Where labels are numbers: may who is off what is expected only be severe or lenient? Such a person has been that way from his first rows, and lies off on one
 * side: on the other he has no more than anybody. Labels turned by chance lie off on both.
 */
export function mayBeSevere(unit: Unit, push: Push, recent: Recent, isPerson: boolean): boolean {
  if (!recent.numeric || !isPerson) return false
  const turned = (push.hits - push.expected) / Math.max(1, push.rows - push.expected)
  if (wasCareful(habitBefore(unit.habits, push.bet), turned)) return false
  if (push.bet !== anyBet) return true
  const who = push.kind === 'origin' ? recent.origin : recent.labeler
  let [below, above, expected] = [0, 0, 0]
  for (const at of since(recent, push.onsetIndex)) {
    if (who[at] !== push.number) continue
    const y = recent.y[at] as number
    if (y < asExpected) below++
    if (y > asExpected) above++
    expected += (recent.disagree[at] as number) / 2
  }
  return Math.min(below, above) <= expected + 2 * Math.sqrt(expected)
}
