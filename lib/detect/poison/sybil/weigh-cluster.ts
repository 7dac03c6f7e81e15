import { anyBet, betCount, datingBet, honestBound, shareOf, standOf, turnedShares } from '@/lib/detect/poison/bets'
import type { Usual } from '@/lib/detect/poison/borne'
import { dateRun, run, runLength } from '@/lib/detect/poison/label-flip/run'
import { forgetOld } from '@/lib/detect/poison/label-flip/suspects'
import type { Unit } from '@/lib/detect/poison/label-flip/unit'
import { count, multiply, totalEvidence } from '@/lib/evidence/e-detector'
import type { Judgement } from '@/lib/learn/judge/calibrate'
import { betsEach, type Cluster, grown } from './clusters'
import type { Seat } from './seats'

/** Bets beside those of ../bets.ts: the two highest shares of turned labels once more, staked on whom it looks like. */
const staked = 2
const firstStaked = turnedShares.length - staked

const leastGain = -3
const mostGain = 20
/** Of the shares of turned labels, the one by which members are told apart. */
const telling = 2

/** How much is bet on a member's row: the chance that he turns labels, by what he showed before it, even at first. */
export const stakeOn = ({ gain }: Seat) => 1 / (1 + Math.exp(-gain))

/**
 * Takes a member's row as a row of the cluster. Formula: l as in ../bets.ts; of the two highest shares also 1 − w + w·l with w = `stakeOn` the member: whoever
 * came to the cluster by chance, and labels well, costs it nothing. What a run counts is weighted by w. @returns its evidence; it suffices at 1.
 */
export function weighCluster(
  { unit }: Cluster,
  seat: Seat,
  j: Judgement,
  y: number,
  index: number,
  timeMs: number,
  mass: number,
  usual: Usual,
): number {
  const { classes, favourite } = j
  const bets = betCount(classes)
  if (unit.evidence.m.length < bets * betsEach) unit.evidence.m = grown(unit.evidence.m, bets * betsEach)
  if (unit.runs.length < bets * runLength) unit.runs = grown(unit.runs, bets * runLength)
  count(unit.evidence, mass)
  const { m } = unit.evidence
  const { runs } = unit
  const stake = stakeOn(seat)
  const odds = Math.exp(usual.tilt)
  let ended = false
  for (let bet = 0; bet < bets; bet++) {
    const { on, hit, p: said, turned, wrong } = standOf(bet, j, y)
    if (!on) continue
    const p = said * usual.modesty
    const bound = honestBound(p, odds, usual.careless * wrong)
    const part = (mass * shareOf(bet, classes)) / betsEach
    let dating = 1
    for (let s = 0; s < turnedShares.length; s++) {
      const q = Math.min(0.99, p + (turnedShares[s] as number) * (turned - p))
      const l = q <= bound ? 1 : hit ? q / bound : (1 - q) / (1 - bound)
      const e = 1 - stake + stake * l
      multiply(m, bet * betsEach + s, l, part)
      if (s >= firstStaked) multiply(m, bet * betsEach + s + staked, e, part)
      if (s === datingBet) dating = e
    }
    const at = bet * runLength
    if (dateRun(runs, at, dating, hit, p, index, timeMs)) ended = true
    // The run counted it as a whole row.
    runs[at + run.rows] = (runs[at + run.rows] as number) - (1 - stake)
    if (hit) runs[at + run.hits] = (runs[at + run.hits] as number) - (1 - stake)
    runs[at + run.expected] = (runs[at + run.expected] as number) - (1 - stake) * p
  }
  unit.rows++
  unit.expected += j.disagree * usual.modesty
  if (y !== favourite) unit.disagreements++
  if (ended && unit.suspects.length > 0) forgetOld(unit)
  return totalEvidence(unit.evidence)
}

/** The cluster's unit as ../label-flip knows units: what was staked counts with what was not. */
export function asUnit({ unit }: Cluster): Unit {
  const { m } = unit.evidence
  const each = turnedShares.length
  const all = new Float64Array((m.length / betsEach) * each)
  for (let i = 0; i < m.length; i++) {
    const s = i % betsEach
    const at = Math.floor(i / betsEach) * each + (s < each ? s : s - staked)
    all[at] = (all[at] as number) + (m[i] as number)
  }
  return { ...unit, evidence: { ...unit.evidence, m: all } }
}

/** Notes what the row says of its origin; while it sits nowhere, evidence of its own is gathered too (`mass` > 0), and it brings that with it when it sits down. */
export function weighSeat(seat: Seat, j: Judgement, y: number, mass: number, usual: Usual): void {
  const { hit, p: said, turned } = standOf(anyBet, j, y)
  const p = said * usual.modesty
  const bound = honestBound(p, Math.exp(usual.tilt), usual.careless)
  for (let s = 0; s < turnedShares.length; s++) {
    const q = Math.min(0.99, p + (turnedShares[s] as number) * (turned - p))
    const e = q <= bound ? 1 : hit ? q / bound : (1 - q) / (1 - bound)
    if (mass > 0) multiply(seat.m, s, e, mass / turnedShares.length)
    if (s === telling) seat.gain = Math.max(leastGain, Math.min(mostGain, seat.gain + Math.log(e)))
  }
  seat.rows++
  seat.expected += p
  if (y !== j.favourite) seat.disagreements++
}
