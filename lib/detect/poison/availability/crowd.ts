import { honestBound } from '@/lib/detect/poison/bets'
import { borne, type Common, modestyOf, noteUsual, unknown, usualCareless } from '@/lib/detect/poison/borne'
import { type Evidence, multiply, startEvidence, totalEvidence } from '@/lib/evidence/e-detector'
import { join, type Member, type Members, startMembers } from './member'

/**
 * Evidence against many origins together, each too weak to be named: one e-detector for all of them, that bets on those that looked bad before.
 *
 * Null     every origin is honest: a row disagrees with chance b at most (../bets.ts, ../borne.ts).
 * Bet      the origin is one of the bad with chance w, worked out from what it showed *before* this row and from how many bad ones there may be (5 %,
 *          30 %; of origins just met, as many as those met of late show): e = 1 − w + w·l, l = q/b on a disagreement, (1 − q)/(1 − b) else, for the share
 *          of turned labels that it showed so far. Bayes' bet on an unknown subset: who looks honest is hardly bet on, and costs nothing.
 * Keeps    M ← e·(M + mass): evidence of different origins multiplies, so ten that turn half their labels are seen ten times sooner than one.
 */
export interface Crowd extends Common {
  members: Members
  /** Rows weighed. */
  rows: number
  evidence: Evidence
  careless: number
  tilt: number
  untilCareless: number
  /** Of origins met of late, decayed as a member's are. */
  newcomers: { excess: number; weight: number }
}

/** What is weighed of a row: the chance that an honest label disagrees, whether this one does, and the part of turned labels that would. */
export interface Sight {
  readonly p: number
  readonly hit: boolean
  readonly turned: number
}

/** Shares of the origins that may be bad. */
const parts = [0.05, 0.3] as const
const bets = parts.length + 2
const ratesOfNewcomers = [0.3, 0.7] as const
const carelessEvery = 512
/** Rows after which an origin that was not met before is a newcomer, and its rows for which it is one. */
export const settledRows = 1000
const newcomerRows = 30
/** Pseudo-rows behind what is thought of an origin before it has shown anything. */
const priorRows = 6
const priorRate = 0.5
const lowestRate = 0.15
const keepOwn = 0.9828
const keepNewcomers = 0.9954

export const startCrowd = (): Crowd => ({
  members: startMembers(),
  rows: 0,
  evidence: startEvidence(bets),
  ...unknown,
  untilCareless: carelessEvery,
  wrong: 0,
  expected: 0,
  newcomers: { excess: 0, weight: 0 },
})

/** The most that the member may honestly disagree on this row. */
export function boundOf(crowd: Crowd, member: Member, p: number): number {
  const before = Math.max(0, member.rows - member.weight)
  const excess = member.disagreements - member.expected - member.excess
  return honestBound(p, Math.exp(crowd.tilt), borne(before, excess, crowd.careless))
}

export const turnedAt = (rate: number, { p, turned }: Sight) => Math.min(0.99, p + rate * Math.max(0, turned - p))
export const eOf = (q: number, bound: number, hit: boolean) =>
  q <= bound ? 1 : hit ? q / bound : (1 - q) / (1 - bound)

/** @returns the row's origin as a member, and how the crowd stands; null when there is no place for it. */
export function weighIn(
  crowd: Crowd,
  id: string,
  raw: Sight,
  index: number,
  timeMs: number,
  mass: number,
): { member: Member; total: number } | null {
  const member = join(crowd.members, id, crowd.rows++)
  if (!member) return null
  if (crowd.untilCareless-- <= 0) {
    Object.assign(crowd, usualCareless(crowd.members.byId.values()))
    crowd.untilCareless = carelessEvery
  }
  const sight = { ...raw, p: raw.p * modestyOf(crowd) }
  noteUsual(crowd, raw.p, raw.hit)
  const isNew = isNewcomer(crowd, member)
  const bound = boundOf(crowd, member, sight.p)
  const rate = rateOf(member)
  const { evidence } = crowd
  evidence.mass += mass
  evidence.updates++
  const l = eOf(turnedAt(rate, sight), bound, sight.hit)
  for (const [n, part] of parts.entries()) {
    const prior = isNew ? Math.max(part, partOfNew(crowd)) : part
    const grown = prior * Math.exp(Math.min(50, member.gain))
    const chance = grown / (1 - prior + grown)
    multiply(evidence.m, n, 1 - chance + chance * l, mass / bets)
  }
  for (const [n, of] of ratesOfNewcomers.entries())
    multiply(evidence.m, parts.length + n, isNew ? eOf(turnedAt(of, sight), bound, sight.hit) : 1, mass / bets)
  date(member, Math.log(eOf(turnedAt(priorRate, sight), bound, sight.hit)), sight, index, timeMs)
  note(crowd, member, sight, isNew)
  return { member, total: totalEvidence(evidence) }
}

export const isNewcomer = (crowd: Crowd, member: Member) =>
  member.firstRow > settledRows && member.rows < newcomerRows && crowd.rows > settledRows

/** Share of its labels that the origin turned so far in its run, if it does. */
const rateOf = ({ since, hits, hoped }: Member) =>
  Math.min(0.95, Math.max(lowestRate, (hits - hoped + priorRows * priorRate) / (since - hoped + priorRows)))

const partOfNew = ({ newcomers: { excess, weight } }: Crowd) =>
  Math.min(0.9, Math.max(0, excess / (weight + priorRows)))

function date(member: Member, gain: number, { hit, p }: Sight, index: number, timeMs: number): void {
  if (member.gain === 0) {
    member.onsetIndex = index
    member.onsetTime = timeMs
    member.since = 0
    member.hits = 0
    member.hoped = 0
  }
  member.gain = Math.max(0, member.gain + gain)
  member.since++
  member.hoped += p
  if (hit) member.hits++
}

function note(crowd: Crowd, member: Member, { p, hit, turned }: Sight, isNew: boolean): void {
  const excess = (hit ? 1 : 0) - p
  const weight = Math.max(0, turned - p)
  member.rows++
  member.expected += p
  if (hit) member.disagreements++
  member.excess = member.excess * keepOwn + excess
  member.weight = member.weight * keepOwn + weight
  if (!isNew) return
  crowd.newcomers.excess = crowd.newcomers.excess * keepNewcomers + excess
  crowd.newcomers.weight = crowd.newcomers.weight * keepNewcomers + weight
}
