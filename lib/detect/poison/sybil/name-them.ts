import { anyBet, isHit, isTouched } from '@/lib/detect/poison/bets'
import type { Push } from '@/lib/detect/poison/label-flip/world'
import { type Recent, since } from '@/lib/learn/place/recent'
import type { Cluster } from './clusters'
import type { Seat } from './seats'

/**
 * Who of a cluster turns labels? Some of them may have come to it by chance.
 *
 * Model   a share π of the members turns a share r of its labels, the others none: π and r are those that all their rows since the onset like best.
 * Named   whoever is guilty then with a chance of .95 and more, with a turned label at least.
 */
const guilty = 0.95
const shares = [0.25, 0.5, 0.75, 0.95] as const
const parts = [0.1, 0.2, 0.4, 0.6, 0.8, 0.95] as const

export interface Named {
  readonly seat: Seat
  readonly rows: number
  readonly hits: number
  /** Nats for labels turned, at the likeliest share of them. */
  readonly nats: number
}

export function nameThem(cluster: Cluster, recent: Recent, push: Push): Named[] {
  const byNumber = new Map([...cluster.members.values()].map((seat) => [seat.number, startTally(seat)]))
  for (const at of since(recent, push.onsetIndex)) {
    const tally = byNumber.get(recent.origin[at] as number)
    const favourite = recent.favourite[at] as number
    if (!tally || !isTouched(push.bet, favourite)) continue
    const hit = isHit(push.bet, favourite, recent.y[at] as number)
    // For a class, chances of hits that did not happen are not kept: the disagreement bounds them.
    const p = push.bet === anyBet || !hit ? (recent.disagree[at] as number) : (recent.own[at] as number)
    tally.rows++
    if (hit) tally.hits++
    for (const [s, share] of shares.entries()) {
      const q = Math.min(0.99, p + share * Math.max(0, 1 - 2 * p))
      tally.nats[s] = (tally.nats[s] as number) + Math.log(hit ? q / p : (1 - q) / (1 - p))
    }
  }
  const tallies = [...byNumber.values()].filter(({ rows }) => rows > 0)
  const { s, part } = likeliest(tallies)
  return tallies
    .map(({ seat, rows, hits, nats }) => ({ seat, rows, hits, nats: nats[s] as number }))
    .filter(({ hits, nats }) => hits > 0 && 1 / (1 + ((1 - part) / part) * Math.exp(-nats)) >= guilty)
    .sort((a, b) => b.nats - a.nats || a.seat.number - b.seat.number)
}

interface Tally {
  readonly seat: Seat
  rows: number
  hits: number
  readonly nats: Float64Array
}
const startTally = (seat: Seat): Tally => ({ seat, rows: 0, hits: 0, nats: new Float64Array(shares.length) })

function likeliest(tallies: readonly Tally[]): { s: number; part: number } {
  let best = { s: 0, part: parts[0] as number }
  let most = Number.NEGATIVE_INFINITY
  for (let s = 0; s < shares.length; s++)
    for (const part of parts) {
      let sum = 0
      for (const { nats } of tallies) sum += Math.log(1 - part + part * Math.exp(Math.min(500, nats[s] as number)))
      if (sum > most) [most, best] = [sum, { s, part }]
    }
  return best
}
