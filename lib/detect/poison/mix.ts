import { type Recent, since } from '@/lib/learn/recent'
import { anyBet, classOf } from './bets'
import type { Push } from './world'

/**
 * Does the source only have another mix of classes? A source of spam alone is honest, and yet its labels say spam more often than the rows look it.
 *
 * Compares  among its rows *of a label*, the share that the learner takes for another class, with that share elsewhere. A mix leaves it as it is;
 *           a label turned towards a class brings rows that do not look like that class.
 * Says      true while n·KL(seen ‖ elsewhere, its odds (of a pull to a class: itself) raised by half, and 3 %) stays under 6 nats: the mix may explain it.
 */
export function mayBeMix(recent: Recent, push: Push): boolean {
  if (recent.numeric) return false
  const who = push.kind === 'origin' ? recent.origin : recent.labeler
  const own = tally()
  const others = tally()
  for (const at of since(recent, Number.NEGATIVE_INFINITY)) {
    const y = recent.y[at] as number
    if (push.bet !== anyBet && y !== classOf(push.bet)) continue
    const isOwn = who[at] === push.number
    if (isOwn && (recent.index[at] as number) < push.onsetIndex) continue
    const into = isOwn ? own : others
    into.rows[y] = (into.rows[y] as number) + 1
    if (recent.favourite[at] !== y) into.missed[y] = (into.missed[y] as number) + 1
  }
  let rows = 0
  let missed = 0
  let expected = 0
  for (let y = 0; y < classes; y++) {
    const n = own.rows[y] as number
    // Of a label that only this source uses, nothing is known to compare with.
    if (n === 0 || (others.rows[y] as number) < fewRows) continue
    rows += n
    missed += own.missed[y] as number
    expected += (n * ((others.missed[y] as number) + 1)) / ((others.rows[y] as number) + 2)
  }
  if (rows === 0) return true
  const elsewhere = expected / rows
  // A person who leans to a class is no enemy either: of labelers, and of pulls to a class, half as much again is borne.
  const tilted = (slackOdds * elsewhere) / (1 + elsewhere * (slackOdds - 1))
  const bound = Math.min(0.98, (push.bet === anyBet && push.kind === 'origin' ? tilted : slackOdds * elsewhere) + 0.03)
  const seen = missed / rows
  if (seen <= bound) return true
  const nats = seen * Math.log(seen / bound) + (seen < 1 ? (1 - seen) * Math.log((1 - seen) / (1 - bound)) : 0)
  return rows * nats < enoughNats
}

const classes = 64
const fewRows = 15
const slackOdds = 1.5
const enoughNats = 6
const tally = () => ({ rows: new Float64Array(classes), missed: new Float64Array(classes) })
