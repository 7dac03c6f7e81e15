import { datingBet, oddBet, shareOf, turnedShares } from '@/lib/detect/poison/bets'
import { multiply } from '@/lib/evidence/e-detector'
import { honestShares } from '@/lib/learn/regression/regressor'
import { dateRun, runLength } from './run'
import type { Look } from './scatter'
import type { Unit } from './unit'

/** Of a unit's mass, what bets on labels drawn at random: where labels are numbers this takes the place of the bet on odd classes. */
const scatterShare = shareOf(oddBet, honestShares.length)

/** Bets that a share of its labels is drawn at random. @returns whether its run ended. */
export function weighScatter(
  unit: Unit,
  { bin, honest, turned }: Look,
  mass: number,
  index: number,
  timeMs: number,
): boolean {
  const ratio = (turned[bin] as number) / (honest[bin] as number)
  const each = turnedShares.length
  const part = (mass * scatterShare) / each
  let dating = 1
  for (let s = 0; s < each; s++) {
    const share = turnedShares[s] as number
    const e = 1 - share + share * ratio
    multiply(unit.evidence.m, oddBet * each + s, e, part)
    if (s === datingBet) dating = e
  }
  return dateRun(unit.runs, oddBet * runLength, dating, ratio > 1, 0, index, timeMs)
}
