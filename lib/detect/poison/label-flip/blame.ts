import { isHit, isTouched } from '@/lib/detect/poison/bets'
import { type Recent, since } from '@/lib/learn/place/recent'
import type { Push } from './world'

/**
 * Of an origin and a labeler whose rows are nearly the same: with whom does the evidence sit? With the one whose other rows are bad too, and whose
 * partner's other rows are good. Where neither has other rows, with the origin.
 */
export type Blame = 'unit' | 'partner'

const fewRows = 5

export function blame(recent: Recent, push: Push, partner: number): Blame {
  const ours = push.kind === 'origin' ? recent.origin : recent.labeler
  const theirs = push.kind === 'origin' ? recent.labeler : recent.origin
  const withoutPartner = { rows: 0, excess: 0 }
  const withoutUnit = { rows: 0, excess: 0 }
  for (const at of since(recent, push.onsetIndex)) {
    const own = ours[at] === push.number
    const other = theirs[at] === partner
    if (own === other) continue
    const favourite = recent.favourite[at] as number
    if (!isTouched(push.bet, favourite)) continue
    const into = own ? withoutPartner : withoutUnit
    into.rows++
    // For a class, chances of hits that did not happen are not kept: the disagreement bounds them.
    into.excess += (isHit(push.bet, favourite, recent.y[at] as number) ? 1 : 0) - (recent.disagree[at] as number)
  }
  const bad = (side: { rows: number; excess: number }) =>
    side.rows >= fewRows && side.excess / side.rows > push.effect / 3
  const good = (side: { rows: number; excess: number }) =>
    side.rows >= fewRows && side.excess / side.rows <= push.effect / 3
  if (bad(withoutPartner)) return 'unit'
  if (bad(withoutUnit) || good(withoutPartner)) return 'partner'
  if (good(withoutUnit)) return 'unit'
  return push.kind === 'origin' ? 'unit' : 'partner'
}
