import { anyBet, classOf } from '@/lib/detect/poison/bets'
import { type Recent, since } from '@/lib/learn/place/recent'
import type { Push } from './world'

/**
 * Does the source only have another mix of classes? A source of spam alone is honest, and yet its labels say spam more often than the rows look it.
 *
 * Compares  among its rows *of a label*, the share that the learner takes for another class, with that share elsewhere. A mix leaves it as it is;
 *           a label turned towards a class brings rows that do not look like that class. Where its rows of the label are harder to tell than others' are,
 *           by the learner's own doubt, so much more is expected to be missed (in log odds).
 *           Of a pull to one of many classes, as what its rows are taken for is compared as well: those classes it has oftener than a mix could bring.
 * Says      true while n·KL(seen ‖ expected, its odds raised by a fifth — where a source pulls to a class, itself by half —, and 3 %) stays under 6 nats: the
 *           mix may explain it.
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
    into.doubt[y] = (into.doubt[y] as number) + (recent.disagree[at] as number)
    const favourite = recent.favourite[at] as number
    into.taken[favourite] = (into.taken[favourite] as number) + 1
    if (favourite !== y) into.missed[y] = (into.missed[y] as number) + 1
  }
  let rows = 0
  let missed = 0
  let expected = 0
  for (let y = 0; y < classes; y++) {
    const n = own.rows[y] as number
    const elsewhere = others.rows[y] as number
    // Of a label that only this source uses, nothing is known to compare with.
    if (n === 0 || elsewhere < fewRows) continue
    rows += n
    missed += own.missed[y] as number
    const harder = oddsOf((own.doubt[y] as number) / n) / oddsOf((others.doubt[y] as number) / elsewhere)
    expected += n * tilted(((others.missed[y] as number) + 1) / (elsewhere + 2), Math.max(1, harder))
  }
  if (rows === 0) return true
  const elsewhere = expected / rows
  // A source may lean to a class; of labelers it is known how they did before (./habit.ts).
  const leans = push.bet !== anyBet && push.kind === 'origin'
  const borne = leans ? leaning * elsewhere : tilted(elsewhere, slackOdds)
  if (natsBeyond(rows, missed, borne) >= enoughNats) return false
  return push.bet === anyBet || !isTakenForOthers(own, others, rows)
}

/** Nats by which so many of the rows are more than the share that is borne, and 3 %. */
function natsBeyond(rows: number, seen: number, borne: number): number {
  const bound = Math.min(0.98, borne + 0.03)
  const share = seen / rows
  if (share <= bound) return 0
  return rows * (share * Math.log(share / bound) + (share < 1 ? (1 - share) * Math.log((1 - share) / (1 - bound)) : 0))
}

/** Are its rows of the label taken for classes that others' rows of it are not? Which classes these are is chosen after the fact, at a nat for two of them. */
function isTakenForOthers(own: Tally, others: Tally, rows: number): boolean {
  const elsewhere = others.taken.reduce((sum, n) => sum + n, 0)
  let seen = 0
  let borne = 0
  let choices = 0
  for (let k = 0; k < classes; k++) {
    const n = own.taken[k] as number
    const usual = (others.taken[k] as number) / elsewhere
    if (n > 0 || usual > 0) choices++
    if (n <= leaning * usual * rows) continue
    seen += n
    borne += leaning * usual
  }
  return natsBeyond(rows, seen, borne) >= enoughNats + Math.LN2 * choices
}

const classes = 64
const fewRows = 15
const slackOdds = 1.2
const leaning = 1.5
const enoughNats = 6

/** By label: rows, those that the learner takes for another class, its doubt; and all of them by what it takes them for. */
const tally = () => ({
  rows: new Float64Array(classes),
  missed: new Float64Array(classes),
  doubt: new Float64Array(classes),
  taken: new Float64Array(classes),
})
type Tally = ReturnType<typeof tally>
const oddsOf = (p: number) => p / Math.max(1e-9, 1 - p)
const tilted = (p: number, odds: number) => (p * odds) / (1 + p * (odds - 1))
