import { wagerShares } from '@/lib/detect/drift/code/bets'
import { type CodeStrata, conformalIn, countIn, sharesIn } from '@/lib/detect/drift/code/strata'
import type { CodeUnit } from '@/lib/detect/drift/code/unit'
import { weekHourOf } from '@/lib/detect/season'

/**
 * A weekday may be a Sunday by nature, for codes as for numbers (drift/numeric/other-day): every day is betted against twice, as the day that it is
 * and as a Sunday, from the evidence of the evening before, and the lesser of the two counts.
 */
export interface CodeAlternative {
  /** Evidence and learned bets if the day at hand is a Sunday. */
  m: Float64Array
  observed: Float64Array
  expected: Float64Array
  /** Evidence of the evening before. */
  before: Float64Array
  /** Is the day at hand so much likelier as a Sunday that its rows are counted, and remembered, as one's? */
  sunday: boolean
  /** Days since 1970 of the day at hand. */
  day: number
}

const dayMs = 86_400_000
const sundayHour = 6 * 24
/** So many times likelier as a Sunday: then the day was one. */
const farAbove = 1000

export const startCodeAlternative = ({ evidence, observed }: CodeUnit): CodeAlternative => ({
  m: new Float64Array(evidence.m.length),
  observed: new Float64Array(observed.length),
  expected: new Float64Array(observed.length),
  before: new Float64Array(evidence.m.length),
  sunday: false,
  day: Number.NEGATIVE_INFINITY,
})

export function clearCodeAlternative(other: CodeAlternative): void {
  for (const array of [other.m, other.observed, other.expected, other.before]) array.fill(0)
  other.sunday = false
}

/** Takes what the unit has just betted on. @returns the lesser ΣM of the two kinds of day. */
export function codeOtherDay(
  unit: CodeUnit,
  strata: CodeStrata,
  other: CodeAlternative,
  slot: number,
  code: number,
  u: number,
  mass: number,
  timeMs: number,
  own: number,
): number {
  const weekHour = Math.floor(weekHourOf(timeMs))
  const stratum = (unit.seasonCells === 168 ? sundayHour : 24) + (weekHour % 24)
  const w = sharesIn(unit, strata, stratum, shares.subarray(0, unit.codes))
  const k = conformalIn(strata, stratum, code, u, w)
  const total = wagerShares(unit, other, other.m, k, w, mass)
  if (other.sunday) {
    countIn(strata, stratum, code)
    unit.ranks[slot] = k
    unit.cameStrata[slot] = stratum
  }
  other.sunday = own > farAbove * total && weekHour < sundayHour
  return Math.min(own, total)
}

const shares = new Float64Array(256)

/** A new day begins from whichever explained the last one better; before its first row is betted on. */
export function turnCodeDay(unit: CodeUnit, other: CodeAlternative, timeMs: number): void {
  const day = Math.floor(timeMs / dayMs)
  // An event that comes late belongs to a day that is closed.
  if (day <= other.day) return
  other.day = day
  other.sunday = false
  const { m } = unit.evidence
  const sum = (of: Float64Array) => of.reduce((a, b) => a + b, 0)
  if (sum(other.m) < sum(m)) {
    const sundayIndeed = sum(m) > farAbove * sum(other.m)
    for (let b = 0; b < m.length; b++)
      m[b] = sundayIndeed ? Math.min(other.m[b] as number, other.before[b] as number) : (other.m[b] as number)
    unit.observed.set(other.observed)
    unit.expected.set(other.expected)
  }
  other.m.set(m)
  other.before.set(m)
  other.observed.set(unit.observed)
  other.expected.set(unit.expected)
}
