import { shareIn } from '@/lib/detect/concept/share-unit'
import type { ConceptState } from '@/lib/detect/concept/state'
import type { UnitStanding } from '@/lib/detect/detector'
import { estimateOf } from '@/lib/detect/prediction/estimate'
import { reportEvidence, worstFirst } from '@/lib/evidence/report'

/** Where the units stand: evidence, and how far the latest 150 rows or so are from their level. */
export function standingOf(state: ConceptState, limit: number): UnitStanding[] {
  const standings: UnitStanding[] = []
  for (const { name, unit } of state.classFamily?.units ?? []) {
    if (!unit) continue
    const codes = unit.codes
    const { regions } = unit
    let rows = 0
    let apart = 0
    for (let at = regions * codes; at < 2 * regions * codes; at++) {
      rows += unit.observed[at] as number
      apart += Math.abs((unit.observed[at] as number) - (unit.expected[at] as number)) / 2
    }
    const effect =
      name === 'error'
        ? (unit.observed[3] as number) / Math.max(1, rows) - shareIn(unit, 0, 1)
        : apart / Math.max(1, rows)
    standings.push({
      kind: name === 'label' ? 'drift.label' : 'drift.concept',
      unit: name,
      subject: {},
      ...reportEvidence(unit.evidence),
      effect: rows >= 20 ? effect : 0,
      n: unit.evidence.updates,
    })
  }
  const numbers = state.numberFamily
  if (numbers) {
    for (const name of ['size', 'residual', 'label'] as const) {
      const unit = numbers[name]
      if (unit.phase === 'gathering' || unit.phase === 'off') continue
      standings.push({
        kind: name === 'label' ? 'drift.label' : 'drift.concept',
        unit: name,
        subject: {},
        ...reportEvidence(unit.evidence),
        effect: 0,
        n: unit.evidence.updates,
      })
    }
  }
  const estimate = estimateOf(state.performance)
  if (estimate) {
    const { unit } = state.performance
    standings.push({
      kind: 'drift.performance',
      unit: 'estimated',
      subject: {},
      ...(unit && unit.phase === 'armed' ? reportEvidence(unit.evidence) : { logE: 0, threshold: 0 }),
      effect: Number.isFinite(estimate.baseline) ? estimate.estimated - estimate.baseline : 0,
      n: state.open.next,
      estimate,
    })
  }
  return worstFirst(standings, limit)
}
