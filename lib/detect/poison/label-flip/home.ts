import { isTouched } from '@/lib/detect/poison/bets'
import { type Recent, regionsKept, since } from '@/lib/learn/place/recent'
import type { Push } from './world'

/** Where a unit lives: the region that most of its rows share and few of the others' do. */
export const nowhere = -1
const mostOfIts = 0.6
const lift = 2
/** Rows of others, of late, that make a comparison within the region possible sooner or later. */
const fewOthers = 20

/**
 * @returns the region within which the unit is to be compared with others, so that what moves there for all is not held against it; `nowhere` where it
 * lives as the others do, or alone (then nothing but its whole record can be compared).
 */
export function homeOf(recent: Recent, push: Push): number {
  const who = push.kind === 'origin' ? recent.origin : recent.labeler
  const own = new Map<number, number>()
  const others = new Map<number, number>()
  let ownRows = 0
  let otherRows = 0
  for (const at of since(recent, Number.NEGATIVE_INFINITY)) {
    if (!isTouched(push.bet, recent.favourite[at] as number)) continue
    const isOwn = who[at] === push.number
    if (isOwn && (recent.index[at] as number) < push.onsetIndex) continue
    if (isOwn) ownRows++
    else otherRows++
    const counts = isOwn ? own : others
    for (let r = at * regionsKept; r < (at + 1) * regionsKept; r++) {
      const region = recent.region[r] as number
      if (region >= 0) counts.set(region, (counts.get(region) ?? 0) + 1)
    }
  }
  let home = nowhere
  let most = lift
  for (const [region, rows] of own) {
    const elsewhere = others.get(region) ?? 0
    if (rows < mostOfIts * ownRows || elsewhere < fewOthers) continue
    const times = (rows * otherRows) / (ownRows * elsewhere)
    if (times <= most) continue
    most = times
    home = region
  }
  return home
}

export function livesIn(recent: Recent, at: number, region: number): boolean {
  if (region === nowhere) return true
  for (let r = at * regionsKept; r < (at + 1) * regionsKept; r++) if (recent.region[r] === region) return true
  return false
}
