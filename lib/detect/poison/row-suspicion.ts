import type { Judgement } from '@/lib/learn/calibrate'
import { classOf } from './bets'
import { run, runLength, type Unit } from './unit'

/** Share of bad rows of one with something against it, at least. */
const usualShare = 0.05
/** Nats of the best split of a unit's rows at which it is as likely to be bad as not. */
const evenNats = 8
/** Share of bad rows of one that was accused, at least: for attacks that come and go. */
const accusedShare = 0.2
const mostShare = 0.97
const finerPart = 0.1
/** Good rows that a split is taken to have had besides. */
const priorRows = 1

/**
 * Suspicion of a row at its arrival: half of it for its own label, half for the company of its source or labeler.
 *
 * Formula  ½(1 − p) + ½·β·π·t / (π·t + (1 − π)·p): p the chance of the label if it is honest, t that of a turned label — 1 where the source is seen to go
 *          that way, else its even part —, π the share of bad rows that the source has shown, β how far the evidence against it goes.
 */
export function suspicionOfRow(judged: Judgement, y: number, origin: Unit | null, labeler: Unit | null): number {
  const p = judged.p[y] as number
  const even = 1 / Math.max(1, judged.classes - 1)
  // The calibrated chance is bounded from below, so that no row decides by itself; what is finer orders rows of the same.
  const finer = Math.sqrt(p * (judged.tempered[y] as number))
  let company = 0
  for (const unit of [origin, labeler]) if (unit) company = Math.max(company, inCompany(unit, p, y, even))
  return 0.5 * (1 - p) * (1 - finerPart * finer) + 0.5 * company
}

const posterior = (p: number, turned: number, share: number) => (share * turned) / (share * turned + (1 - share) * p)

function inCompany(unit: Unit, p: number, y: number, even: number): number {
  const { runs } = unit
  let best = 0
  for (let at = 0; at < runs.length; at += runLength) if ((runs[at] as number) > (runs[best] as number)) best = at
  const nats = runs[best] ?? 0
  if (!unit.accused && nats < 1) return 0
  const way = unit.accused ? unit.pushes : classOf(best / runLength)
  if (way >= 0 && way !== y) return 0
  const rows = (runs[best + run.rows] ?? 0) + priorRows
  const expected = runs[best + run.expected] ?? 0
  const shown = ((runs[best + run.hits] ?? 0) - expected) / Math.max(1, rows - expected)
  const belief = unit.accused ? 1 : 1 / (1 + Math.exp(evenNats - nats))
  const seen = Math.max(unit.accused ? accusedShare : usualShare, Math.min(mostShare, shown))
  return belief * posterior(p, way < 0 ? even : 1, seen)
}
