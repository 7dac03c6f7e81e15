import { highShare, learnBin, lowShare, rankIn, stratumOf, tailOf } from '@/lib/detect/drift/level'
import { type NumericSeason, seasonLevel } from '@/lib/detect/drift/numeric/season'
import { type NumericUnit, rankByte } from '@/lib/detect/drift/numeric/state'
import { phiOf } from '@/lib/detect/drift/whiten'
import { type LearnedBets, startLearnedBets } from '@/lib/evidence/learned-bets'
import { rankBin } from '@/lib/evidence/rank-bets'
import { rankMixtures, wagerRank } from '@/lib/evidence/rank-mixture'
import { highAt, lowAt, massAt, rowsAt, startStake, sumAt } from '@/lib/evidence/stake'
import { binInGrid } from '@/lib/stats/edge-grid'

/**
 * A weekday may be a Sunday by nature (a holiday), and the calendar does not say which. So every day is betted against twice, as the day that it is
 * and as a Sunday, from the evidence of the evening before; what counts is the lesser of the two, at each row and for the whole day. The lesser
 * of two e-processes is one under either truth: silence on holidays costs nothing but the rows that are explained.
 */
export interface Alternative {
  /** Evidence and learned bets if the day at hand is a Sunday. */
  m: Float64Array
  learned: LearnedBets
  /** Evidence of the evening before. */
  before: Float64Array
  /** Is the day at hand so much likelier as a Sunday that its rows are learned, and remembered, as one's? */
  sunday: boolean
  /** Days since 1970 of the day at hand. */
  day: number
}

const dayMs = 86_400_000
const sunday = 6 * 24
const stake = startStake()

export const startAlternative = (unit: NumericUnit): Alternative => ({
  m: new Float64Array(unit.evidence.m.length),
  learned: startLearnedBets(),
  before: new Float64Array(unit.evidence.m.length),
  sunday: false,
  day: Number.NEGATIVE_INFINITY,
})

/** Takes what the unit has just betted on. @returns the lesser ΣM of the two kinds of day. */
export function otherDay(
  unit: NumericUnit,
  other: Alternative,
  slot: number,
  white: number,
  u: number,
  mass: number,
  weekHour: number,
  own: number,
): number {
  const level = unit.level
  const season = unit.season as NumericSeason
  if (!level) return own
  const hour = Math.floor(weekHour) % 24
  const asSunday =
    weekHour < sunday
      ? white + (seasonLevel(season, weekHour) - seasonLevel(season, sunday + (weekHour % 24))) * gain(unit)
      : white
  const there = stratumOf(level, (season.cells === 168 ? sunday : 24) + hour)
  const low = lowShare(level, there)
  const high = highShare(level, there)
  const bin = binInGrid(level.grid, asSunday)
  const p = rankIn(level, there, bin, u)
  const k = rankBin(p)
  const tail = tailOf(p, low, high)
  stake[massAt] = mass
  stake[lowAt] = low
  stake[highAt] = high
  stake[rowsAt] = level.size + unit.evidence.updates
  wagerRank(rankMixtures[unit.side], other.m, other.learned, k, tail, stake)
  const total = stake[sumAt] as number
  if (other.sunday) {
    learnBin(there, bin)
    unit.ranks[slot] = rankByte(k, tailOf(p, level.low, level.high))
  }
  other.sunday = own > farAbove * total && weekHour < sunday
  return Math.min(own, total)
}

/** A new day begins from whichever explained the last one better; to be called before its first row is betted on. */
export function turnDay(unit: NumericUnit, other: Alternative, timeMs: number): void {
  const day = Math.floor(timeMs / dayMs)
  // An event that comes late belongs to a day that is closed.
  if (day <= other.day) return
  other.day = day
  other.sunday = false
  const sum = (m: Float64Array) => m.reduce((a, b) => a + b, 0)
  const { m } = unit.evidence
  if (sum(other.m) < sum(m)) {
    const sundayIndeed = sum(m) > farAbove * sum(other.m)
    for (let b = 0; b < m.length; b++)
      m[b] = sundayIndeed ? Math.min(other.m[b] as number, other.before[b] as number) : (other.m[b] as number)
    unit.learned.set(other.learned)
  }
  other.m.set(m)
  other.before.set(m)
  other.learned.set(unit.learned)
}

/** So many times likelier as a Sunday: then the day was one, and what it says of a Sunday known from a single week is no evidence. */
const farAbove = 1000

/** What a whitened value moves by when the value and the one before it move by one. */
const gain = (unit: NumericUnit): number => (unit.whitener.kind === 'innovation' ? 1 - phiOf(unit.whitener) : 1)
