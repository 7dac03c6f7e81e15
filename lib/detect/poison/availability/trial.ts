import { boundOf, type Crowd, eOf, turnedAt } from './crowd'
import { type Member, settledRows } from './member'
import type { Sight } from './sight'

/**
 * The crowd's evidence suffices: some origins look bad. Are they, or did the world move and they happened to show it first? They are named now, and
 * judged by the rows that follow: named and others are compared on rows that did not choose the names.
 *
 * Compares  e on the rows of the named, b raised by what the others show meanwhile; mixture over three shares of turned labels
 *           and the one that its origin showed so far.
 * Says      'apart' at 100 with the others at less than half of the named ones' excess; 'alike' when that did not come in 3,000 rows.
 */
export interface Trial {
  startIndex: number
  /** Numbers of the named; empty where they are all the origins met since `fromRow`. */
  named: Set<number>
  fromRow: number
  rows: number
  /** log e, by share of turned labels. */
  logE: Float64Array
  own: Tally
  others: Tally
  /** Of the named, what the learner of today finds odd: the same as `own` where that is what judges. */
  odd: Tally
  /** Rows and disagreements of the named by the class that the learner favours. */
  rowsOf: Float64Array
  hitsOf: Float64Array
}

interface Tally {
  rows: number
  hits: number
  expected: number
}

const rates = [0.2, 0.45, 0.8] as const
const enough = Math.log(100)
const mostRows = 3000
const fewOthers = 40
const mostClasses = 64
/** Nats for a member to be named. */
const nameable = 1.5
const mostOfNew = 0.6

const tally = (): Tally => ({ rows: 0, hits: 0, expected: 0 })

/** Those who look bad, worst first. */
export const badOnes = (crowd: Crowd, least = nameable): Member[] =>
  [...crowd.members.byId.values()]
    .filter((member) => !member.accused && member.gain >= least)
    .sort((a, b) => b.gain - a.gain || a.number - b.number)

/** @returns a trial of those who look bad now; null where they are not a crowd. */
export function startTrial(crowd: Crowd, index: number): Trial | null {
  const { fewest, mostOfOne } = crowd.rules
  const bad = badOnes(crowd)
  const all = bad.reduce((sum, { gain }) => sum + gain, 0)
  const known = fewestNow(crowd) < fewest
  if (bad.length < fewestNow(crowd) || (!known && (bad[0] as Member).gain > mostOfOne * all)) return null
  const young = bad.filter((member) => isYoung(crowd, member))
  const ofYoung = young.reduce((sum, { gain }) => sum + gain, 0)
  const areNew = ofYoung > mostOfNew * all && young.length >= fewestNow(crowd)
  return {
    startIndex: index,
    named: new Set(areNew ? [] : bad.map(({ number }) => number)),
    fromRow: areNew ? Math.max(settledRows + 1, Math.min(...young.map(({ firstRow }) => firstRow)) - sameWave) : -1,
    rows: 0,
    logE: new Float64Array(rates.length + 1),
    own: tally(),
    others: tally(),
    odd: tally(),
    rowsOf: new Float64Array(mostClasses),
    hitsOf: new Float64Array(mostClasses),
  }
}

const youngRows = 4000
const isYoung = (crowd: Crowd, { firstRow }: Member) => firstRow > settledRows && crowd.rows - firstRow < youngRows

/** How many are a crowd. Where as many of those who came of late were accused before, one who joins them is enough. */
export function fewestNow(crowd: Crowd): number {
  const { fewest } = crowd.rules
  let accused = 0
  for (const member of crowd.members.byId.values()) if (member.accused && isYoung(crowd, member)) accused++
  return accused >= fewest ? 1 : fewest
}
/** Names that came so many rows before the first of the bad ones came with them. */
const sameWave = 300

export const isNamed = ({ named, fromRow }: Trial, member: Member) =>
  fromRow >= 0 ? member.firstRow >= fromRow : named.has(member.number)

/** Takes a row that came after the names. @param shown share of turned labels that its origin showed before. */
export function hear(
  trial: Trial,
  crowd: Crowd,
  member: Member,
  sight: Sight,
  shown: number,
  favourite: number,
): 'apart' | 'alike' | 'open' {
  trial.rows++
  const { own, others } = trial
  const elsewhere = Math.max(0, (others.hits - others.expected + 1) / (others.rows + 20))
  const isOwn = isNamed(trial, member)
  if (isOwn) {
    const bound = boundOf(crowd, member, Math.min(0.9, sight.p + elsewhere), sight.wrong)
    for (const [n, rate] of [...rates, shown].entries())
      trial.logE[n] = (trial.logE[n] as number) + Math.log(eOf(turnedAt(rate, sight), bound, sight.hit))
    trial.rowsOf[favourite] = (trial.rowsOf[favourite] as number) + 1
    if (sight.hit) trial.hitsOf[favourite] = (trial.hitsOf[favourite] as number) + 1
  }
  const into = isOwn ? own : others
  into.rows++
  if (sight.hit) into.hits++
  into.expected += sight.p
  if (trial.rows > mostRows) return 'alike'
  if (others.rows < fewOthers || own.rows === 0) return 'open'
  const most = Math.max(...trial.logE) - Math.log(rates.length + 1)
  if (most < enough) return 'open'
  const excess = (own.hits - own.expected) / own.rows
  return (others.hits - others.expected) / others.rows <= excess / 2 ? 'apart' : 'open'
}
