import { honestBound } from '@/lib/detect/poison/bets'
import { borne, type Common, modestyOf, noteUsual, unknown, usualCareless } from '@/lib/detect/poison/borne'
import { type Evidence, multiply, startEvidence } from '@/lib/evidence/e-detector'
import { join, type Member, type Members, settledRows, startMembers } from './member'
import type { CrowdRules } from './rules'
import { dateMember, noteRow, partOfNew, rateIn, rateOf } from './shown'
import type { Sight } from './sight'

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
  rules: CrowdRules
  /** Of origins met of late, decayed as a member's are. */
  newcomers: { excess: number; weight: number }
  /** As a member's: of all origins that were not met at first. */
  late: Float32Array
}

/** Shares of the origins that may be bad. */
const parts = [0.05, 0.3] as const
const bets = parts.length + 3
const ratesOfNewcomers = [0.3, 0.7] as const
const carelessEvery = 512
/** Its rows for which an origin that was not met before is a newcomer. */
const newcomerRows = 30

export const startCrowd = (rules: CrowdRules): Crowd => ({
  rules,
  members: startMembers(),
  rows: 0,
  evidence: startEvidence(bets),
  ...unknown,
  untilCareless: carelessEvery,
  wrong: 0,
  expected: 0,
  newcomers: { excess: 0, weight: 0 },
  late: new Float32Array(0),
})

/** Notes that an origin is there, of whose row nothing can be said yet. */
export const meet = (crowd: Crowd, id: string) => join(crowd.members, id, crowd.rows++)

/** The most that the member may honestly disagree on this row. */
export function boundOf(crowd: Crowd, member: Member, p: number, wrong = 1): number {
  const before = Math.max(0, member.rows - member.weight)
  const excess = member.disagreements - member.expected - member.excess
  return boundAt(p, Math.exp(crowd.tilt), wrong * borneBy(before, excess, crowd.careless))
}

export const turnedAt = (rate: number, { p, turned }: Sight) => Math.min(0.99, p + rate * Math.max(0, turned - p))
export const eOf = (q: number, bound: number, hit: boolean) =>
  q <= bound ? 1 : hit ? q / bound : (1 - q) / (1 - bound)

// Bound once: an import that is asked for in a hot loop costs as much as the loop.
const [times, modesty, noteOne, usualOf, boundAt, borneBy] = [
  multiply,
  modestyOf,
  noteUsual,
  usualCareless,
  honestBound,
  borne,
]

/** @returns the row's origin as a member, how the crowd stands, and the share of turned labels that was bet on; null when there is no place for it. */
export function weighIn(
  crowd: Crowd,
  id: string,
  raw: Sight,
  index: number,
  timeMs: number,
  mass: number,
): { member: Member; total: number; rate: number } | null {
  const member = meet(crowd, id)
  if (!member) return null
  if (crowd.untilCareless-- <= 0) {
    Object.assign(crowd, usualOf(crowd.members.byId.values()))
    crowd.untilCareless = carelessEvery
  }
  const { hit, turned, wrong, cell } = raw
  const p = raw.p * modesty(crowd)
  noteOne(crowd, raw.p, hit)
  const isNew = isNewcomer(crowd, member)
  const bound = boundOf(crowd, member, p, wrong)
  const general = rateOf(member, crowd.rules)
  const isLate = cell !== undefined && member.firstRow > settledRows
  const ofLate = isLate ? rateIn(crowd.late, cell, 0) : general
  const rate = cell === undefined ? general : rateIn(member.cells, cell, ofLate)
  const each = mass / (cell === undefined ? bets - 1 : bets)
  const { evidence } = crowd
  const { m } = evidence
  evidence.mass += mass
  evidence.updates++
  const l = eAt(rate, p, turned, bound, hit)
  const grown = Math.exp(Math.min(50, member.gain))
  const ofNew = isNew ? partOfNew(crowd) : 0
  for (let n = 0; n < parts.length; n++) {
    const part = parts[n] as number
    const prior = isNew ? Math.max(part, ofNew) : part
    const chance = (prior * grown) / (1 - prior + prior * grown)
    times(m, n, 1 - chance + chance * l, each)
  }
  for (let n = 0; n < ratesOfNewcomers.length; n++)
    times(m, parts.length + n, isNew ? eAt(ratesOfNewcomers[n] as number, p, turned, bound, hit) : 1, each)
  if (cell !== undefined) times(m, bets - 1, isLate ? eAt(ofLate, p, turned, bound, hit) : 1, each)
  const dated = cell === undefined ? eAt(crowd.rules.turned, p, turned, bound, hit) : l
  dateMember(member, Math.log(dated), hit, p, index, timeMs)
  noteRow(crowd, member, p, hit, turned, cell, isNew)
  let total = 0
  for (let n = 0; n < m.length; n++) total += m[n] as number
  return { member, total: Math.min(most, total), rate }
}

const most = 1e300

/** `eOf` at `turnedAt`. */
function eAt(rate: number, p: number, turned: number, bound: number, hit: boolean): number {
  const q = Math.min(0.99, p + rate * Math.max(0, turned - p))
  return q <= bound ? 1 : hit ? q / bound : (1 - q) / (1 - bound)
}

export const isNewcomer = (crowd: Crowd, member: Member) =>
  member.firstRow > settledRows && member.rows < newcomerRows && crowd.rows > settledRows
