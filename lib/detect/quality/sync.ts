import { channels } from '@/lib/detect/quality/channel'
import type { Column } from '@/lib/detect/quality/column'
import { blockRows, type FlagRow, type FlagUnit } from '@/lib/detect/quality/flag-unit'
import { syncFlag } from '@/lib/detect/quality/flag-watch'
import type { FlagState } from '@/lib/detect/quality/flags'
import { lookAt } from '@/lib/detect/quality/latest'
import { syncNewKeys } from '@/lib/detect/quality/new-keys'
import type { Crossed } from '@/lib/detect/quality/read-row'

/** Accounts for the runs of all flags at a block's end; before it, of those that are near. */
export function syncColumns(state: FlagState, at: FlagRow, into: Crossed[], end: boolean): void {
  const { columns, latest } = state
  const { near } = latest
  for (let slot = 0; slot < columns.length; slot++) {
    if (!end && near[slot] === 0) continue
    const column = columns[slot] as Column
    near[slot] = 0
    for (const channel of channels) {
      const unit = column[channel]
      if (!unit) continue
      if (syncFlag(unit, at) && !into.some((c) => c.column === column && c.channel === channel))
        into.push({ column, channel, unit })
      if (isNear(unit, at)) near[slot] = 1
    }
    lookAt(latest, column)
  }
  syncNewKeys(state.newKeys, at)
}

/** May it pass within a block in which its rarer side does not come, or is it about to take a level on or to leave one? */
function isNear({ phase, provisional, strata, evidence, miss, weight }: FlagUnit, at: FlagRow): boolean {
  if (strata !== 'none') return false
  if (phase === 'settling' || provisional) return true
  const { m } = evidence
  let total = 0
  let most = 1
  for (let b = 0; b < m.length; b++) {
    total += m[b] as number
    most = Math.max(most, miss[b] as number)
  }
  return most ** blockRows * (total + blockRows * at.spend * weight) >= 1
}
