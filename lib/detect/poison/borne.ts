import { habitBefore } from '@/lib/detect/poison/label-flip/habit'
import type { Unit } from '@/lib/detect/poison/label-flip/unit'
import type { Push } from '@/lib/detect/poison/label-flip/world'
import { anyBet, spreadOf } from './bets'

/**
 * How careless a unit may be before anything is held against it. Learned: on a clean stream an excess of 5 % is odd, among a crowd 25 % is usual.
 *
 * Peers    the excess share of disagreements that 75 % of the rows' sources stay under, and 3 % more; 15 % while fewer than five are known.
 * History  of a unit with 60 rows and more before what is held against it now: what those bear out, two standard errors up.
 * Hostile  and yet nobody is accused of what a careless person does (`isCareless`).
 */
export const unknownCareless = 0.15

const unknownTilt = 0.4
const knownTilt = 0.15
export const unknown = { careless: unknownCareless, tilt: unknownTilt }
const leastCareless = 0.05
const mostCareless = 0.35
const historyRows = 60
const knownPeers = 5
const peerQuantile = 0.75
const allowance = 0.03
/** An excess of so few rows says little of them. */
const shrinkRows = 20

export function borne(rows: number, excess: number, peers: number): number {
  if (rows < historyRows) return peers
  const rate = Math.max(0, excess / rows)
  const upper = rate + 2 * Math.sqrt((Math.max(rate, 0.03) * (1 - rate)) / rows) + 0.02
  return Math.min(Math.max(peers, unknownCareless), Math.max(Math.min(peers, leastCareless), upper))
}

/** What a unit's record is. */
export interface OnRecord {
  readonly accused: boolean
  readonly rows: number
  readonly disagreements: number
  readonly expected: number
}

/** What the units' own records say of carelessness here. A few sources with many rows each, or many with few, do not set it alone. */
export function usualCareless(units: Iterable<OnRecord>): { careless: number; tilt: number } {
  const peers: { excess: number; rows: number }[] = []
  let total = 0
  for (const unit of units) {
    if (unit.accused || unit.rows < historyRows) continue
    // Less a standard error, which would pass for carelessness where rows are few.
    const excess = (unit.disagreements - unit.expected - Math.sqrt(unit.expected)) / (unit.rows + shrinkRows)
    peers.push({ excess, rows: unit.rows })
    total += unit.rows
  }
  if (peers.length < knownPeers) return unknown
  peers.sort((a, b) => b.excess - a.excess)
  let above = 0
  for (const { excess, rows } of peers) {
    above += rows
    if (above > (1 - peerQuantile) * total)
      return { careless: Math.min(mostCareless, Math.max(leastCareless, excess + allowance)), tilt: knownTilt }
  }
  return unknown
}

/** What is usual here: how careless units are, and by how much less than expected they all disagree. */
export interface Usual {
  readonly careless: number
  /** Tilt that is borne, in log odds: less where peers are known, for their carelessness holds what their mixes do. */
  readonly tilt: number
  readonly modesty: number
}

/** Decayed sums over the rows of all. */
export interface Common {
  wrong: number
  expected: number
}

/** Notes a row of anybody. */
export function noteUsual(units: Common, expected: number, wrong: boolean): void {
  units.wrong = units.wrong * keep + (wrong ? 1 : 0)
  units.expected = units.expected * keep + expected
}

const keep = 0.9985
const mostModest = 0.5

/** All units' disagreements over the expected ones, two standard errors up, at most 1: a learner that expects more than there is hides attackers. */
export const modestyOf = ({ wrong, expected }: Common): number =>
  Math.min(1, Math.max(mostModest, (wrong + 2 * Math.sqrt(wrong + 1) + 1) / (expected + 1e-9)))

/**
 * Does the unit no worse than a careless person may? An attack is from 20 % of a source's labels on, from a quarter of one that was never careful. A
 * labeler who was never careful is a bad labeler, not an enemy, as long as he is wrong no oftener than one who guesses.
 */
export function isCareless(unit: Unit, { bet, rows, hits, expected }: Push, classes: number): boolean {
  const turned = (hits - expected) / Math.max(1, rows - expected)
  const before = { rows: unit.rows - rows, excess: unit.disagreements - unit.expected - (hits - expected) }
  if (bet !== anyBet && unit.kind === 'labeler') {
    // Who has always leaned to a class is a lazy person, and his labels say nothing: what is hostile is to begin with it.
    if (!wasCareful(habitBefore(unit.habits, bet), turned)) return true
    return turned < hostileShare(unit.kind, true, classes) * spreadOf(bet, classes)
  }
  // Of the rows of an origin that could be pulled to a class no history is kept.
  const careful = bet === anyBet ? wasCareful(before, turned) : before.rows >= historyRows
  return turned < hostileShare(unit.kind, careful, classes) * spreadOf(bet, classes)
}

/** Did it show less than half of this before? */
export function wasCareful({ rows, excess }: { rows: number; excess: number }, turned: number): boolean {
  if (rows < historyRows) return false
  return (excess + 2 * Math.sqrt(Math.max(1, excess))) / rows < turned / 2
}

/** Share of labels turned from which on it is hostile. */
export function hostileShare(kind: Unit['kind'], wasCareful: boolean, classes: number): number {
  if (wasCareful) return 0.2
  return kind === 'labeler' ? (classes - 1) / classes + 0.05 : 0.25
}
