import { conditionOf, liesIn, type Place } from '@/lib/detect/poison/attribute/condition'
import { isCategory, placesKept } from '@/lib/learn/place/places'
import type { Recent } from '@/lib/learn/place/recent'

/** Rows in the place before the onset that make it a place and not a pattern made for the attack. */
const knownRows = 10
/** A place that suddenly has so many times as many rows, most of them the movers', was made. */
const grown = 3
const mostOfPlace = 0.6
const mostShared = 0.85

/** Do nearly all of the pulled rows share a further value, and was it hardly there together with the place before? Then the pair is a pattern, and a trigger's. */
export function isPattern(recent: Recent, place: Place, onset: number, rows: readonly number[]): boolean {
  const counts = new Map<number, number>()
  for (const at of rows) {
    for (let k = at * placesKept; k < (at + 1) * placesKept; k++) {
      const value = recent.place[k] as number
      if (value >= 0 && isCategory(value)) counts.set(value, (counts.get(value) ?? 0) + 1)
    }
  }
  for (const [value, shared] of counts) {
    if (shared < mostShared * rows.length) continue
    const pair = [...place, conditionOf(value)]
    if (place.some((side) => 'category' in side && side.category === value)) continue
    const inPair = rows.filter((at) => liesIn(recent, at, pair))
    if (wasMade(recent, pair, onset, inPair.length)) return true
  }
  return false
}

/** Was the place hardly there before the onset? Then it is a pattern, and another detector's. */
export function wasMade(recent: Recent, place: Place, onset: number, movedRows: number): boolean {
  let [before, since, rowsBefore, rowsSince] = [0, 0, 0, 0]
  for (let at = 0; at < recent.size; at++) {
    const isSince = (recent.index[at] as number) >= onset
    if (isSince) rowsSince++
    else rowsBefore++
    if (!liesIn(recent, at, place)) continue
    if (isSince) since++
    else before++
  }
  // Where the memory does not reach back behind the onset, the movers' share of the place decides.
  if (rowsBefore < 200) return movedRows > mostOfPlace * since
  if (before < knownRows) return true
  return movedRows > mostOfPlace * since && since * rowsBefore > grown * before * rowsSince
}
