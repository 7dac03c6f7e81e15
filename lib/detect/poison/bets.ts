import type { Judgement } from '@/lib/learn/judge/calibrate'

/**
 * What an honest source may do, and what is bet against it.
 *
 * Null   any law under which the chance of a hit is at most b: the learner's chance p, tilted in log odds (the source's mix differs), and then
 *        wrong at random in a share of its rows, by as much as ./borne.ts allows it.
 * Bet    that a share r of its labels is turned: q = (1 − r)·p + r·(chance that a turned label hits), r ∈ {.15, .3, .6, .95}; e = q/b on a hit and
 *        (1 − q)/(1 − b) else, where q > b; no bet where not, as on rows that the learner cannot tell. E[e] ≤ 1 for every law of the null.
 * Hits   `anyBet`: the label is not the learner's favourite. `oddBet`, with three classes and more: it is one of those that have less than half of
 *        their even part of what the favourite leaves; honest errors mostly go to the likelier ones, turned labels to any. `classBet(a)`: it is
 *        class a, on rows where the favourite is another.
 */
export const anyBet = 0
export const oddBet = 1
export const classBet = (a: number) => 2 + a
/** The class of a class's bet; negative for the others. */
export const classOf = (bet: number) => bet - 2

export const turnedShares = [0.15, 0.3, 0.6, 0.95] as const
/** Shares of a unit's mass that go to the first two; the classes share the rest. */
const commonShare = 0.4
export const shareOf = (bet: number, classes: number): number => {
  if (classes < 3) return bet === anyBet ? commonShare : bet === oddBet ? 0 : (1 - commonShare) / classes
  return bet === anyBet || bet === oddBet ? commonShare / 2 : (1 - commonShare) / classes
}
/** Of the shares, the one that dates the onset. */
export const datingBet = 1

/** The most that an honest source may hit, where the learner says `p`. @param odds e^tilt; @param wrong its careless errors' share that would land on the hit. */
export function honestBound(p: number, odds: number, wrong: number): number {
  const tilted = (p * odds) / (1 + p * (odds - 1))
  return Math.min(0.97, (1 - wrong) * tilted + wrong)
}

/** Number of bets, with `classes` known. */
export const betCount = (classes: number) => 2 + classes

/** Whether this row bears on the bet at all; decided before its label is seen. */
export const isTouched = (bet: number, favourite: number) => bet !== classBet(favourite)

export const isHit = (bet: number, favourite: number, y: number) =>
  bet === anyBet ? y !== favourite : y === classOf(bet)

const oddPart = 0.5

/** Is label k of the row an odd one? */
const isOdd = (j: Judgement, k: number) =>
  k !== j.favourite && (j.p[k] as number) * (j.classes - 1) < oddPart * j.disagree

/** What a bet stands for on a row. Reused from call to call. */
export interface Stand {
  on: boolean
  hit: boolean
  /** The learner's chance of a hit. */
  p: number
  /** Chance that a label turned any way (or to the bet's class) hits, and the part of careless errors that may. */
  turned: number
  wrong: number
}
const stand: Stand = { on: false, hit: false, p: 0, turned: 1, wrong: 1 }

export function standOf(bet: number, j: Judgement, y: number): Stand {
  const { classes, favourite } = j
  stand.on = isTouched(bet, favourite)
  if (bet === oddBet) {
    let odd = 0
    stand.p = 0
    for (let k = 0; k < classes; k++) {
      if (!isOdd(j, k)) continue
      odd++
      stand.p += j.p[k] as number
    }
    stand.on = classes >= 3 && odd > 0
    stand.hit = isOdd(j, y)
    stand.turned = odd / (classes - 1)
    stand.wrong = stand.turned
  } else {
    stand.hit = isHit(bet, favourite, y)
    stand.p = bet === anyBet ? j.disagree : (j.p[classOf(bet)] as number)
    stand.turned = bet === anyBet ? 1 - stand.p / Math.max(1, classes - 1) : 1
    stand.wrong = spreadOf(bet, classes)
  }
  return stand
}

/** Part of careless errors that may land on one class: twice its even part, since errors prefer some classes. */
export const spreadOf = (bet: number, classes: number) =>
  bet < classBet(0) ? 1 : Math.min(1, 2 / Math.max(1, classes - 1))
