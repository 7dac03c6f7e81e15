import { betCount, datingBet, honestBound, oddBet, shareOf, standOf, turnedShares } from '@/lib/detect/poison/bets'
import { borne, type Usual } from '@/lib/detect/poison/borne'
import { count, type Evidence, multiply, startEvidence, totalEvidence } from '@/lib/evidence/e-detector'
import type { Judgement } from '@/lib/learn/judge/calibrate'
import { habitLength, habitOf, noteHabit, shifted, type Way } from './habit'
import { dateRun, run, runLength } from './run'
import type { Look } from './scatter'
import { forgetOld, type Suspect } from './suspects'
import { weighScatter } from './weigh-scatter'

/** One source or labeler under watch: its bets, when each began to go its way, and the rows that speak against it. */
export interface Unit {
  kind: 'origin' | 'labeler'
  id: string
  /** Kind of the origin, as its rows say. */
  originKind: string
  /** Stands for it in the memory of recent rows. */
  number: number
  firstIndex: number
  rows: number
  disagreements: number
  expected: number
  evidence: Evidence
  /** For each bet `runLength` numbers: see the offsets below. */
  runs: Float64Array
  /** Of people, and where labels are numbers: what its ways have always been (./habit.ts). */
  habits: Float64Array
  /** Where labels are numbers: its labels by how far off they lie (./scatter.ts). */
  scatter: Float64Array
  suspects: Suspect[]
  /** Own rows since the evidence sufficed and the comparison with the others did not decide; 0: not held. */
  held: number
  nextLook: number
  accused: boolean
  /** Line since which it is accused; -1: not. */
  accusedSince: number
  /** Class that it pushes to, once accused; -1: both ways. */
  pushes: number
}

export function startUnit(kind: Unit['kind'], id: string, originKind: string, number: number, index: number): Unit {
  return {
    kind,
    id,
    originKind,
    number,
    firstIndex: index,
    rows: 0,
    disagreements: 0,
    expected: 0,
    evidence: startEvidence(0),
    runs: new Float64Array(0),
    habits: new Float64Array(0),
    scatter: new Float64Array(0),
    suspects: [],
    held: 0,
    nextLook: 0,
    accused: false,
    accusedSince: -1,
    pushes: -1,
  }
}

const none: readonly Way[] = []
/** Share of labels that a person with known ways may get wrong besides. */
const leastChange = 0.03

/** Takes a judged row with its label. @param usual what is usual of units here. @param differ whether units here have ways of their own (./habit.ts). @returns its evidence; it suffices at 1. */
export function weigh(
  unit: Unit,
  j: Judgement,
  y: number,
  index: number,
  timeMs: number,
  mass: number,
  usual: Usual & { readonly ways?: readonly Way[] },
  differ = false,
  look: Look | null = null,
): number {
  const { classes, favourite } = j
  growTo(unit, classes)
  if (differ) growHabits(unit, classes)
  count(unit.evidence, mass)
  const { m } = unit.evidence
  const { runs } = unit
  const careless = borne(rowsBefore(unit), historyExcess(unit), usual.careless)
  const odds = Math.exp(usual.tilt)
  const each = turnedShares.length
  let ended = false
  for (let bet = 0; bet < betCount(classes); bet++) {
    const { on, hit, p: said, turned, wrong } = standOf(bet, j, y)
    if (!on) continue
    if (look && bet === oddBet) {
      if (weighScatter(unit, look, mass, index, timeMs)) ended = true
      continue
    }
    const anybody = said * usual.modesty
    const habit = differ ? habitOf(unit.habits, bet, usual.ways ?? none) : null
    const p = habit ? shifted(anybody, habit.shift) : anybody
    const isYoung = differ && habit === null
    const bound = habit
      ? honestBound(shifted(anybody, habit.most), 1, leastChange * wrong)
      : honestBound(p, odds, careless * wrong)
    const part = (mass * shareOf(bet, classes)) / each
    let dating = 1
    for (let s = 0; s < each; s++) {
      const q = Math.min(0.99, p + (turnedShares[s] as number) * (turned - p))
      const e = isYoung || q <= bound ? 1 : hit ? q / bound : (1 - q) / (1 - bound)
      multiply(m, bet * each + s, e, part)
      if (s === datingBet) dating = e
    }
    if (dateRun(runs, bet * runLength, dating, hit, p, index, timeMs)) ended = true
    if (differ) noteHabit(unit.habits, bet, hit, anybody, (runs[bet * runLength] as number) > 0)
  }
  unit.rows++
  unit.expected += j.disagree * usual.modesty
  if (y !== favourite) unit.disagreements++
  if (ended && unit.suspects.length > 0) forgetOld(unit)
  return totalEvidence(unit.evidence)
}

/** Its rows before what is held against it now. */
export const rowsBefore = (unit: Unit): number => unit.rows - (unit.runs[run.rows] as number)

/** Disagreements beyond the expected, in the rows before the present run of bet 0. */
function historyExcess({ disagreements, expected, runs }: Unit): number {
  return disagreements - (runs[run.hits] as number) - (expected - (runs[run.expected] as number))
}

/** The likelihood of its best split, in nats: 0 for a unit with nothing against it. */
export function suspicionOf(unit: Unit): number {
  let most = 0
  for (let at = 0; at < unit.runs.length; at += runLength) most = Math.max(most, unit.runs[at] as number)
  return most
}

/** Starts its evidence over: what it showed was explained otherwise. */
export function restart(unit: Unit): void {
  unit.evidence.m.fill(0)
  unit.runs.fill(0)
  unit.suspects = []
  unit.held = 0
  unit.nextLook = 0
}

function growTo(unit: Unit, classes: number): void {
  const bets = betCount(classes)
  if (unit.evidence.m.length >= bets * turnedShares.length) return
  const m = new Float64Array(bets * turnedShares.length)
  m.set(unit.evidence.m)
  unit.evidence.m = m
  const runs = new Float64Array(bets * runLength)
  runs.set(unit.runs)
  unit.runs = runs
}

function growHabits(unit: Unit, classes: number): void {
  if (unit.habits.length >= betCount(classes) * habitLength) return
  const habits = new Float64Array(betCount(classes) * habitLength)
  habits.set(unit.habits)
  unit.habits = habits
}

/** The bet with the most evidence. */
export function strongestBet(unit: Unit): number {
  const { m } = unit.evidence
  let best = 0
  let most = -1
  for (let bet = 0; bet * turnedShares.length < m.length; bet++) {
    let sum = 0
    for (let s = 0; s < turnedShares.length; s++) sum += m[bet * turnedShares.length + s] as number
    if (sum > most) {
      most = sum
      best = bet
    }
  }
  return best
}
