import type { Judgement } from '@/lib/learn/calibrate'
import { classOf } from './bets'
import { run, runLength, type Unit } from './unit'

/** Share of bad rows where nothing is known against anybody. */
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
 * Suspicion of a row at its arrival: the chance that its label is not honest.
 *
 * Formula  π·t / (π·t + (1 − π)·p): p the chance of the label if it is honest, t that of a turned label — 1 where the source is seen to go that way, else
 *          its even part — and π the share of bad rows: 5 %, or that of its source or labeler, as far as the evidence against it goes.
 */
export function suspicionOfRow(judged: Judgement, y: number, origin: Unit | null, labeler: Unit | null): number {
  const p = judged.p[y] as number
  const even = 1 / Math.max(1, judged.classes - 1)
  // The calibrated chance is bounded from below, so that no row decides by itself; what is finer orders rows of the same.
  const finer = Math.sqrt(p * (judged.tempered[y] as number))
  let worst = posterior(p, even, usualShare) * (1 - finerPart * finer)
  for (const unit of [origin, labeler]) if (unit) worst = Math.max(worst, inCompany(unit, p, y, even))
  return worst
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
  return posterior(p, way < 0 ? even : 1, usualShare + belief * (seen - usualShare))
}
