import { pointLength } from '@/lib/learn/place/point'
import type { Recent } from '@/lib/learn/place/recent'

/**
 * What do others say of rows like these? Their nearest rows (lib/learn/place/point.ts) vote. It tells an attacker from a newcomer whose rows lie where the
 * learner has seen nobody: then there are no like rows, and nothing is proved.
 *
 * Source  Cover & Hart 1967; as a defence, Paudice et al. 2018 (label sanitisation by k nearest neighbours).
 */
export interface LikeRows {
  /** Rows asked about, and those of them that have like rows at all. */
  readonly asked: number
  readonly covered: number
  /** Share of the votes for the rows' own label. */
  readonly agree: number
  /** Mean distance to the voters, over that of a usual row to its own. */
  readonly distance: number
}

// Bound once: an import that is asked for in a hot loop costs as much as the loop.
const pointSlots = pointLength

const neighbours = 8
const mostAsked = 10
const mostUsual = 10
/** A row is covered if its neighbours are at most this many times as far as usual rows' are. */
const farthest = 2
const nearest = new Float64Array(neighbours)
const labels = new Int32Array(neighbours)

/** @param rows slots; the latest first. @param isVoter whether a slot's row votes. */
export function askLikeRows(recent: Recent, rows: readonly number[], isVoter: (at: number) => boolean): LikeRows {
  const voters: number[] = []
  for (let at = 0; at < recent.size; at++) if (hasPoint(recent, at) && isVoter(at)) voters.push(at)
  const usual: number[] = []
  const step = Math.max(1, Math.floor(voters.length / mostUsual))
  for (let v = 0; v < voters.length && usual.length < mostUsual; v += step)
    usual.push(distanceTo(recent, voters[v] as number, voters))
  const typical = usual.sort((a, b) => a - b)[usual.length >> 1] ?? Number.POSITIVE_INFINITY
  let [asked, covered, votes, agree, far] = [0, 0, 0, 0, 0]
  for (const at of rows) {
    if (asked >= mostAsked) break
    if (!hasPoint(recent, at)) continue
    asked++
    const distance = distanceTo(recent, at, voters)
    far += distance
    // Without enough voters it is infinite, and `labels` are not all of theirs.
    if (!(Number.isFinite(distance) && distance <= farthest * typical)) continue
    covered++
    for (const y of labels) {
      votes++
      if (y === recent.y[at]) agree++
    }
  }
  return {
    asked,
    covered,
    agree: votes > 0 ? agree / votes : 1,
    distance: asked > 0 && typical > 0 ? far / asked / typical : Number.POSITIVE_INFINITY,
  }
}

export const hasPoint = (recent: Recent, at: number): boolean => !Number.isNaN(recent.point[at * pointSlots] as number)

export function squaredDistance(recent: Recent, a: number, b: number, length = pointSlots): number {
  let sum = 0
  for (let k = 0; k < length; k++) {
    const d = (recent.point[a * pointSlots + k] as number) - (recent.point[b * pointSlots + k] as number)
    sum += d * d
  }
  return sum
}

/** Mean distance to the nearest voters but itself; their labels are left in `labels`. */
function distanceTo(recent: Recent, at: number, voters: readonly number[]): number {
  nearest.fill(Number.POSITIVE_INFINITY)
  for (const voter of voters) {
    if (voter === at) continue
    const d = squaredDistance(recent, at, voter)
    if (d >= (nearest[neighbours - 1] as number)) continue
    let k = neighbours - 1
    while (k > 0 && (nearest[k - 1] as number) > d) {
      nearest[k] = nearest[k - 1] as number
      labels[k] = labels[k - 1] as number
      k--
    }
    nearest[k] = d
    labels[k] = recent.y[voter] as number
  }
  let sum = 0
  for (const d of nearest) sum += Math.sqrt(d)
  return sum / neighbours
}
