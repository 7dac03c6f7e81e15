import type { Judgement } from '@/lib/learn/calibrate'

/**
 * What an honest source may do, and what is bet against it.
 *
 * Null   any law under which the chance of a hit is at most p̄: the learner's chance p, tilted by up to `tilt` in log odds (the source's mix
 *        differs), and then wrong at random in `careless` of its rows.
 * Bet    e = (1 − ρ) + ρ·[hit]/p̄, ρ ∈ {.1, .25, .5, .85}: E[e] ≤ 1 for every such law, so one bet covers the whole composite null.
 * Hits   bet 0: the label is not the learner's favourite; bet 1 + a: it is class a, on rows where the favourite is another.
 */
export const stakes = [0.1, 0.25, 0.5, 0.85] as const
export const careless = 0.15
export const tilt = 0.4
/** Share of a unit's mass that goes to bet 0; the classes share the rest. */
export const anyShare = 0.4

const odds = Math.exp(tilt)

/** The most that an honest source may hit, where the learner says `p`. `wrong`: its careless errors' share that would land on the hit. */
export function honestBound(p: number, wrong: number): number {
  const tilted = (p * odds) / (1 + p * (odds - 1))
  return Math.min(0.97, (1 - wrong) * tilted + wrong)
}

/** Rows before a unit's own history says how careless it is, and the least carelessness that is always borne. */
const historyRows = 60
const leastCareless = 0.08

/**
 * Share of careless errors that are borne: 15 % of a unit not known yet; of one with a history (before what is held against it now) what that
 * bears out, two standard errors up, and never under 8 %.
 */
export function borne(rows: number, excess: number): number {
  if (rows < historyRows) return careless
  const rate = Math.max(0, excess / rows)
  const upper = rate + 2 * Math.sqrt((Math.max(rate, 0.03) * (1 - rate)) / rows) + 0.02
  return Math.min(careless, Math.max(leastCareless, upper))
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
