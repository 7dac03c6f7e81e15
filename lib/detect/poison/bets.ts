import type { Judgement } from '@/lib/learn/calibrate'

/**
 * What an honest source may do, and what is bet against it.
 *
 * Null   any law under which the chance of a hit is at most b: the learner's chance p, tilted in log odds (the source's mix differs), and then
 *        wrong at random in a share of its rows, by as much as ./borne.ts allows it.
 * Bet    that a share r of its labels is turned: q = (1 − r)·p + r·(chance that turning hits), r ∈ {.15, .3, .6, .95}; e = q/b on a hit and
 *        (1 − q)/(1 − b) else, where q > b; no bet where not, as on rows that the learner cannot tell. E[e] ≤ 1 for every law of the null.
 * Hits   bet 0: the label is not the learner's favourite; bet 1 + a: it is class a, on rows where the favourite is another.
 */
export const turnedShares = [0.15, 0.3, 0.6, 0.95] as const
/** Share of a unit's mass that goes to bet 0; the classes share the rest. */
export const anyShare = 0.4
/** Of these bets, the one that dates the onset. */
export const datingBet = 1

/** The most that an honest source may hit, where the learner says `p`. @param odds e^tilt; @param wrong its careless errors' share that would land on the hit. */
export function honestBound(p: number, odds: number, wrong: number): number {
  const tilted = (p * odds) / (1 + p * (odds - 1))
  return Math.min(0.97, (1 - wrong) * tilted + wrong)
}

/** Chance of a hit when a share of the labels is turned: any way (bet 0), or to the bet's class. */
export function turnedChance(bet: number, p: number, turned: number, classes: number): number {
  const lands = bet === 0 ? 1 - p / Math.max(1, classes - 1) : 1
  return Math.min(0.99, p + turned * (lands - p))
}

/** Number of bets, with `classes` known. */
export const betCount = (classes: number) => 1 + classes

/** Whether this row bears on the bet at all; decided before its label is seen. */
export const isTouched = (bet: number, favourite: number) => bet !== 1 + favourite

/** The learner's chance of a hit of `bet` on this row. */
export const hitChance = (bet: number, j: Judgement) => (bet === 0 ? j.disagree : (j.p[bet - 1] as number))

export const isHit = (bet: number, favourite: number, y: number) => (bet === 0 ? y !== favourite : y === bet - 1)

/** Part of careless errors that may land on one class: twice its even part, since errors prefer some classes. */
export const spreadOf = (bet: number, classes: number) => (bet === 0 ? 1 : Math.min(1, 2 / Math.max(1, classes - 1)))
