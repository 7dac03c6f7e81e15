import type { Judgement } from '@/lib/learn/judge/calibrate'
import { bets, honestBound, stake } from './bet'
import { type Candidates, kinds } from './candidates'
import { live, partOf } from './live'
import { heeded } from './refused'
import type { TriggerState } from './state'
import {
  addUnit,
  clearUnit,
  eachTally,
  evidenceOf,
  findUnit,
  nowhere,
  retired,
  settle,
  tally,
  type UnitTable,
} from './unit-table'
import { boundInWave } from './waves'

/** A word is retired after so many rows that spoke against it, and half as many or fewer for it: it is common, and costs time. */
const mostMisses = 64
/** A row with less gain of the second bet looks like its label. */
const likeLabel = 0.2

// Bound once: an import that is asked for in a hot loop costs as much as the loop.
const [here, each, perUnit, gather, bound, inWave] = [live, bets, eachTally, stake, honestBound, boundInWave]
const [weight, due, share, absent, over, values] = [evidenceOf, settle, partOf, nowhere, retired, kinds.value]
const { hits, misses, agrees, owedMisses, owedAgrees, expected, twofold, number: numberOf } = tally

/**
 * A row with the label that was expected speaks against the patterns of other labels, and asks those of its own whether they look like it. Where they do, as
 * nearly all, that counts as if they looked quite like it: less evidence than there is, and a number that is taken in later.
 */
export function takeExpected(units: UnitTable, y: number, p: Float64Array, gain: number): void {
  const { label, tallies } = units
  for (let l = 0; l < here.count; l++) {
    const at = here.unit[l] as number
    const own = perUnit * at
    const to = label[at] as number
    if (to === y) {
      tallies[own + agrees] = (tallies[own + agrees] as number) + 1
      if (gain < likeLabel) tallies[own + owedAgrees] = (tallies[own + owedAgrees] as number) + 1
      else if (tallies[own + twofold] === 1) gather(units.m, each * at + 2, gain, 0)
    } else miss(units, at, p[to] as number)
  }
}

/**
 * @param number that the label is, in single precision, 0 where labels are classes; `same`: the chance of it, known its class.
 * @returns the place among `live` of the pattern with the most evidence, if that suffices, and how far the evidence of any had come before.
 */
export function takeUnexpected(
  { units, refused }: TriggerState,
  row: Candidates,
  y: number,
  rest: Judgement,
  settled: Float64Array,
  gain: number,
  wave: number,
  number: number,
  same: number,
  mass: number,
  t: number,
): { worst: number; company: number } {
  const { label, tallies } = units
  let company = 0
  let worst = absent
  let most = 1
  for (let l = 0; l < here.count; l++) {
    const at = here.unit[l] as number
    const own = perUnit * at
    const to = label[at] as number
    if (rest.favourite === to) continue
    const part = mass * share(tallies[own + misses] as number)
    const p = (row.kind[here.candidate[l] as number] as number) < values ? rest.p : settled
    if (y !== to || tallies[own + numberOf] !== number) {
      miss(units, at, (p[to] as number) * same)
      if (label[at] !== over && weight(units, at) < part) clearUnit(units, at, y, number, t)
      continue
    }
    due(units, at)
    if (tallies[own + twofold] === 1) gather(units.m, each * at + 2, gain, part)
    if ((p[y] as number) >= 0.5) {
      tallies[own + agrees] = (tallies[own + agrees] as number) + 1
      continue
    }
    company = Math.max(company, gainOf(units, at, weight(units, at)) * heeded(refused, units.key[at] as number))
    hit(units, at, (p[y] as number) * same, wave, part)
    const evidence = weight(units, at)
    if (evidence < most || (worst !== absent && evidence === most)) continue
    most = evidence
    worst = l
  }
  return { worst, company }
}

/** Second sight: the pattern gets a unit, and its first evidence. @param gain of the second bet; null: of what is not words. */
export function startFromMark(
  { units }: TriggerState,
  key: number,
  y: number,
  p: number,
  gain: number | null,
  wave: number,
  number: number,
  mass: number,
  t: number,
): void {
  if (findUnit(units, key) !== absent) return
  const first = 1 / inWave(bound(p), wave)
  const at = addUnit(units, key, y, number, mass * (gain === null ? first : Math.min(gain, first)), t)
  if (at === absent) return
  units.tallies[perUnit * at + twofold] = gain === null ? 0 : 1
  if (gain !== null) gather(units.m, each * at + 2, gain, mass)
  hit(units, at, p, wave, mass)
}

/** The factors that are owed were taken before. */
function hit({ m, mass, tallies }: UnitTable, at: number, p: number, wave: number, part: number): void {
  gather(m, each * at, 1 / inWave(bound(p), wave), part)
  mass[at] = (mass[at] as number) + part
  const own = perUnit * at
  tallies[own + hits] = (tallies[own + hits] as number) + 1
  tallies[own + expected] = (tallies[own + expected] as number) + p
}

function miss({ label, m, tallies }: UnitTable, at: number, p: number): void {
  const own = perUnit * at
  const count = (tallies[own + misses] as number) + 1
  tallies[own + misses] = count
  tallies[own + owedMisses] = (tallies[own + owedMisses] as number) + 1
  tallies[own + expected] = (tallies[own + expected] as number) + p
  if (count < mostMisses || 2 * (tallies[own + hits] as number) > count || tallies[own + twofold] !== 1) return
  label[at] = over
  m.fill(0, each * at, each * (at + 1))
}

/** How far its evidence has come: 0 at a row's mass, 1 at an alarm. */
function gainOf({ mass, tallies }: UnitTable, at: number, evidence: number): number {
  const mean = (mass[at] as number) / Math.max(1, tallies[perUnit * at + hits] as number)
  if (!(mean > 0) || evidence <= mean) return 0
  return Math.min(1, Math.log(evidence / mean) / -Math.log(mean))
}
