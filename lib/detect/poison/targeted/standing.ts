import type { AlertKind } from '@/lib/alert/finding'
import type { UnitStanding } from '@/lib/detect/detector'
import { worstFirst } from '@/lib/evidence/report'
import { isCell, nam, namesEach, num, numbersEach } from './cells'
import type { PlacesState } from './state'
import { tableSlots } from './table'
import { reportCell } from './wager'

/** The cells with most evidence, worst first. */
export function targetedStanding(kind: AlertKind, state: PlacesState, limit: number): UnitStanding[] {
  const { cells } = state
  if (!cells) return []
  const units: (UnitStanding & { readonly cell: number })[] = []
  for (let cell = 0; cell < tableSlots; cell++) {
    const updates = cells.num[cell * numbersEach + num.updates] as number
    if (!isCell(cells, cell) || updates === 0) continue
    const label = state.names[cells.nam[cell * namesEach + nam.y] as number]
    units.push({
      cell,
      kind,
      unit: `cell=${cells.cells.key[cell]}`,
      subject: { ...(label === undefined ? {} : { label }) },
      ...reportCell(cells, cell),
      effect: 0,
      n: updates,
    })
  }
  return worstFirst(units, limit).map(({ cell: _cell, ...unit }) => unit)
}
