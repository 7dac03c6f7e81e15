import type { UnitStanding } from '@/lib/detect/detector'
import { worstFirst } from '@/lib/evidence/report'
import type { FloodState } from './flood-state'
import { at, each, evidenceOf } from './groups'
import { rowsKept } from './near'

/** Groups of three copies and more. */
export function floodStanding(state: FloodState, limit: number): UnitStanding[] {
  const { groups } = state
  if (state.massRows === 0) return []
  const threshold = -Math.log(state.mass / state.massRows)
  const units: UnitStanding[] = []
  for (let group = 0; group < groups.made; group++) {
    const copies = groups.numbers[group * each + at.copies] as number
    if (copies < 3) continue
    const { growth, voices } = evidenceOf(groups, group)
    const last = (groups.numbers[group * each + at.last] as number) % rowsKept
    units.push({
      kind: 'poison.injection',
      unit: `copies=${state.ids[last]}`,
      subject: { eventIds: [state.ids[last] as string] },
      logE: Math.max(-50, threshold + Math.log(Math.min(growth, voices))),
      threshold,
      effect: 0,
      n: copies,
    })
  }
  return worstFirst(units, limit)
}
