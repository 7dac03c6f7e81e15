import type { Recent } from '@/lib/learn/place/recent'

/**
 * Does somebody only have another mix of classes there? Of honest rows of a label the learner takes as many for another class as elsewhere; labels that
 * were turned bring rows which do not look like that class. True while n·KL(seen ‖ 1.5 × elsewhere + 3 %) stays under 6 nats: the mix may explain it.
 */
export function mayBeMixOfLabels(
  recent: Recent,
  y: number,
  own: readonly number[],
  isOther: (at: number) => boolean,
): boolean {
  if (recent.numeric) return false
  let [rows, missed, otherRows, otherMissed] = [0, 0, 0, 0]
  for (const at of own) {
    if (recent.y[at] !== y) continue
    rows++
    if (recent.favourite[at] !== y) missed++
  }
  for (let at = 0; at < recent.size; at++) {
    if (recent.y[at] !== y || !isOther(at)) continue
    otherRows++
    if (recent.favourite[at] !== y) otherMissed++
  }
  // Of a label that nobody else uses, nothing is known to compare with.
  if (rows === 0 || otherRows < fewRows) return true
  const bound = Math.min(0.98, (1.5 * (otherMissed + 1)) / (otherRows + 2) + 0.03)
  const seen = missed / rows
  if (seen <= bound) return true
  const nats = seen * Math.log(seen / bound) + (seen < 1 ? (1 - seen) * Math.log((1 - seen) / (1 - bound)) : 0)
  return rows * nats < enoughNats
}

const fewRows = 15
const enoughNats = 6
