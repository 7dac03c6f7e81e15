import { inCompany } from '@/lib/detect/poison/attribute/in-company'
import { isHit, isTouched } from '@/lib/detect/poison/bets'
import type { Recent } from '@/lib/learn/place/recent'
import type { Push } from './world'

/** By slot, whether another's row lies as those do which speak against the unit; null where they lie where nobody else sends any. @param ratio as ./world.ts has it. */
export function likeRowsOf(recent: Recent, push: Push, ratio?: Float32Array): ((at: number) => boolean) | null {
  const favouriteAt = (at: number) => recent.favourite[at] as number
  return inCompany(recent, {
    who: push.kind === 'origin' ? recent.origin : recent.labeler,
    isTheirs: (number) => number === push.number,
    sinceIndex: push.onsetIndex,
    isTouched: (at) => isTouched(push.bet, favouriteAt(at)),
    isBad: (at) => (ratio ? (ratio[at] as number) > 1 : isHit(push.bet, favouriteAt(at), recent.y[at] as number)),
  })
}
