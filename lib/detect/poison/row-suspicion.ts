import type { Judgement } from '@/lib/learn/calibrate'
import { classOf } from './bets'
import { run, runLength } from './run'
import type { Unit } from './unit'

/** Share of bad rows of one with something against it, at least. */
const usualShare = 0.05
const mostShare = 0.97
/** Nats of the best split of a unit's rows at which it is as likely to be bad as not: among some fifty units chance brings as much now and then. */
const evenNats = 6
const finerPart = 0.1
/** Good rows that a split is taken to have had besides. */
const priorRows = 1

/** Belief in evidence of so many nats, when it is as likely as not at `even`. */
export const beliefIn = (nats: number, even: number): number => 1 / (1 + Math.exp(even - nats))

/** Two reasons, each enough by itself. */
export const either = (a: number, b: number): number => 1 - (1 - a) * (1 - b)

/** Chance that a row is bad, of one of whose rows a part `share` is. @param turned chance of its label if it is; @param p if it is honest. */
export const badChance = (share: number, turned: number, p: number): number =>
  (share * turned) / (share * turned + (1 - share) * p + 1e-12)

/**
 * Suspicion of a row at its arrival, from its own label and from what its source and labeler have shown of late. Of whoever was accused
 * ./accused-rows.ts knows more.
 *
 * Formula  1 − (1 − ½(1 − p))·(1 − β·π·t / (π·t + (1 − π)·p)): p the chance of the label if it is honest, t = 1 − p for the way that the source is seen to
 *          go, its even part where it goes any way, π the share of bad rows that it has shown, β how far the evidence against it goes.
 */
export function suspicionOfRow(judged: Judgement, y: number, origin: Unit | null, labeler: Unit | null): number {
  const p = judged.p[y] as number
  const even = 1 / Math.max(1, judged.classes - 1)
  let company = 0
  if (origin) company = inCompany(origin, p, y, even)
  if (labeler) company = Math.max(company, inCompany(labeler, p, y, even))
  return either(ownSuspicion(judged, y), company)
}

/** Of its own label alone: ½ at most. The calibrated chance is bounded from below, so that no row decides by itself; what is finer orders rows of the same. */
export function ownSuspicion(judged: Judgement, y: number): number {
  const p = judged.p[y] as number
  return 0.5 * (1 - p) * (1 - finerPart * Math.sqrt(p * (judged.tempered[y] as number)))
}

function inCompany(unit: Unit, p: number, y: number, even: number): number {
  const { runs } = unit
  if (unit.accused) return 0
  let best = 0
  for (let at = 0; at < runs.length; at += runLength) if ((runs[at] as number) > (runs[best] as number)) best = at
  const nats = runs[best] ?? 0
  if (nats < 1) return 0
  const way = classOf(best / runLength)
  if (way >= 0 && way !== y) return 0
  const rows = (runs[best + run.rows] ?? 0) + priorRows
  const expected = runs[best + run.expected] ?? 0
  const shown = ((runs[best + run.hits] ?? 0) - expected) / Math.max(1, rows - expected)
  const share = Math.max(usualShare, Math.min(mostShare, shown))
  return beliefIn(nats, evenNats) * badChance(share, (1 - p) * (way < 0 ? even : 1), p)
}
