import type { UnitStanding } from '@/lib/detect/detector'
import { worstFirst } from '@/lib/evidence/report'
import { everybody } from './cells'
import type { TargetedState } from './state'
import { tableSlots } from './table'
import { reportCell } from './wager'

/** The cells with most evidence, worst first. */
export function targetedStanding(state: TargetedState, limit: number): UnitStanding[] {
  const { cells } = state
  if (!cells) return []
  const units: (UnitStanding & { readonly cell: number })[] = []
  for (let cell = 0; cell < tableSlots; cell++) {
    if (cells.cells.key[cell] === 0 || (cells.updates[cell] as number) === 0) continue
    const label = state.names[cells.y[cell] as number]
    const who = cells.who[cell] as number
    units.push({
      cell,
      kind: 'poison.targeted',
      unit: `cell=${cells.cells.key[cell]}`,
      subject: { ...(label === undefined ? {} : { label }) },
      ...reportCell(cells, cell),
      effect: who === everybody ? 0 : 0,
      n: cells.updates[cell] as number,
    })
  }
  return worstFirst(units, limit).map(({ cell: _cell, ...unit }) => unit)
}
