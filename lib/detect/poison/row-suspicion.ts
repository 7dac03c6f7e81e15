import { run, runLength } from '@/lib/detect/poison/label-flip/run'
import type { Unit } from '@/lib/detect/poison/label-flip/unit'
import type { Label } from '@/lib/event/types'
import { judgedTail } from '@/lib/learn/judge/judge'
import type { Witness } from '@/lib/learn/witness'
import { classOf } from './bets'

/** Share of bad rows of one with something against it, at least. */
const usualShare = 0.05
const mostShare = 0.97
/** The same, as rows and the bad ones among them. */
export const priorShare = { rows: 20, bad: 20 * usualShare } as const
/** Nats of the best split of a unit's rows at which it is as likely to be bad as not: among some fifty units chance brings as much now and then. */
const evenNats = 6
/** Of the chance of a number: those far out are told apart within few digits. */
const farPower = 0.25
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
 * Chance of the row's label, or of a number that far from the expected, if it is honest: 1 where nothing is known. Of the row that was judged last.
 * @param label as the row has it.
 */
export function honestChance({ y, judged, shadow }: Witness, label: Label): number {
  if (!judged || y < 0) return 1
  return judgedTail(shadow, label) ?? (judged.p[y] as number)
}

/**
 * Of its own label alone: ½ at most. By the mean of two views of its chance: as calibrated, which knows where labels are hard, and as the learners say it,
 * which has no bound and is finer.
 */
export function ownSuspicion({ y, judged, shadow }: Witness, p: number): number {
  if (!judged || y < 0) return 0
  if (shadow.regressor) return 0.5 * (1 - p ** farPower)
  return 0.5 * (1 - (p + (judged.tempered[y] as number)) / 2)
}

/**
 * Suspicion of a row from what its source and labeler have shown of late; of whoever was accused ./accused-rows.ts knows more.
 *
 * Formula  β·π·t / (π·t + (1 − π)·p): p the chance of the label if it is honest, t = 1 − p for the way that the source is seen to go, its even part where
 *          it goes any way, π the share of bad rows that it has shown, β how far the evidence against it goes.
 */
export function companyOfRow(p: number, y: number, classes: number, origin: Unit | null, labeler: Unit | null): number {
  const even = 1 / Math.max(1, classes - 1)
  const ofOrigin = origin ? inCompany(origin, p, y, even) : 0
  return labeler ? Math.max(ofOrigin, inCompany(labeler, p, y, even)) : ofOrigin
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
