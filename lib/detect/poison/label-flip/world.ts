import { anyBet, isHit, isTouched } from '@/lib/detect/poison/bets'
import { type Recent, since } from '@/lib/learn/place/recent'

/**
 * Has the world moved, or this source alone?
 *
 * Compares  half of the push that the unit shows against none, on the rows of everyone else since the unit's onset, where the same bet is on.
 *           Before anybody is accused only rows are compared that lie as the unit's do (./alone.ts).
 * Sums      the log-likelihood ratios by source, each within ±4 nats so that no single other source decides; sources with few rows, or first seen
 *           since the onset, count together as one of ±8.
 * Says      'apart' at −3 or less: the others did not move, so it is the source; 'moved' at +3 or more; else 'open': not yet known, and nobody is
 *           accused. A feed with a single source stays open.
 */
export interface WorldTest {
  readonly says: 'apart' | 'moved' | 'open'
  /** Sum of the clipped log-likelihood ratios, nats. */
  readonly sum: number
  readonly rows: number
  readonly sources: number
  /** Sources that clearly show the push as well, by number, with their log-likelihood ratios. */
  readonly joined: ReadonlyMap<number, number>
  /** Share of hits among those rows. */
  readonly hitRate: number
}

export interface Push {
  readonly kind: 'origin' | 'labeler'
  readonly number: number
  readonly bet: number
  readonly onsetIndex: number
  readonly onsetTimeMs: number
  /** Rows since then on which the bet was on, the hits among them, and how many an honest source would show. */
  readonly rows: number
  readonly hits: number
  readonly expected: number
  /** Excess share of hits that the unit shows. */
  readonly effect: number
}

const clip = 4
const clipOfSmall = 8
const fewRows = 5
const decisive = 3

/** @param isLike by slot: is another's row to be compared? @param ratio where labels are numbers that may be drawn at random: how many times as likely that is of each row (./seen.ts). */
export function testWorld(
  recent: Recent,
  push: Push,
  firstIndexOf: (number: number) => number,
  ratio?: Float32Array,
  isLike?: (at: number) => boolean,
): WorldTest {
  const half = Math.min(0.45, Math.max(0.05, push.effect / 2))
  const who = push.kind === 'origin' ? recent.origin : recent.labeler
  const sums = new Map<number, { sum: number; rows: number }>()
  let rows = 0
  let hits = 0
  for (const at of since(recent, push.onsetIndex)) {
    const number = who[at] as number
    if (number === push.number) continue
    const favourite = recent.favourite[at] as number
    if (!isTouched(push.bet, favourite) || (isLike && !isLike(at))) continue
    const y = recent.y[at] as number
    const hit = isHit(push.bet, favourite, y)
    const p = push.bet === anyBet ? (recent.disagree[at] as number) : (recent.own[at] as number)
    rows++
    if (hit) hits++
    let of = sums.get(number)
    if (!of) {
      of = { sum: 0, rows: 0 }
      sums.set(number, of)
    }
    of.rows++
    of.sum += Math.log(1 - half + half * (ratio ? (ratio[at] as number) : hit ? 1 / p : 0))
  }
  let sum = 0
  let small = 0
  const joined = new Map<number, number>()
  for (const [number, of] of sums) {
    if (of.sum >= decisive) joined.set(number, of.sum)
    if (of.rows < fewRows || firstIndexOf(number) >= push.onsetIndex) small += of.sum
    else sum += Math.max(-clip, Math.min(clip, of.sum))
  }
  sum += Math.max(-clipOfSmall, Math.min(clipOfSmall, small))
  const says = sum <= -decisive ? 'apart' : sum >= decisive ? 'moved' : 'open'
  return { says, sum, rows, sources: sums.size, joined, hitRate: rows > 0 ? hits / rows : 0 }
}
