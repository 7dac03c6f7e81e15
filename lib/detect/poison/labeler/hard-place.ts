import type { Push } from '@/lib/detect/poison/label-flip/world'
import { type Recent, regionsKept, since } from '@/lib/learn/place/recent'

/**
 * How much of his excess do others show on rows of the same regions? One who gets the hard rows is not careless.
 *
 * Compares  each of his rows with the region of it where others disagree most beyond the expected, of those with 20 rows of others and more.
 * @returns share of his rows that are wrong beyond the expected, less what others show in their place.
 */
export function beyondLikeRows(recent: Recent, push: Push): number {
  const who = push.kind === 'origin' ? recent.origin : recent.labeler
  const others = new Map<number, { rows: number; excess: number }>()
  for (const at of since(recent, Number.NEGATIVE_INFINITY)) {
    if (who[at] === push.number) continue
    const excess = excessAt(recent, at)
    for (let r = at * regionsKept; r < (at + 1) * regionsKept; r++) {
      const region = recent.region[r] as number
      if (region < 0) continue
      const of = others.get(region)
      if (of) {
        of.rows++
        of.excess += excess
      } else others.set(region, { rows: 1, excess })
    }
  }
  let rows = 0
  let beyond = 0
  for (const at of since(recent, push.onsetIndex)) {
    if (who[at] !== push.number) continue
    let most = 0
    for (let r = at * regionsKept; r < (at + 1) * regionsKept; r++) {
      const of = others.get(recent.region[r] as number)
      if (of && of.rows >= fewRows) most = Math.max(most, of.excess / of.rows)
    }
    rows++
    beyond += excessAt(recent, at) - most
  }
  return beyond / Math.max(1, rows)
}

const fewRows = 20
const excessAt = (recent: Recent, at: number) =>
  (recent.y[at] === recent.favourite[at] ? 0 : 1) - (recent.disagree[at] as number)
