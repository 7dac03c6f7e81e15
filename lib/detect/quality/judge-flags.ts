import type { Alarm, Return } from '@/lib/detect/detector'
import { rowAt } from '@/lib/detect/drift/rows'
import type { Frame } from '@/lib/detect/frame'
import { type Channel, channelKinds } from '@/lib/detect/quality/channel'
import type { Column } from '@/lib/detect/quality/column'
import { type FlagCrossing, flagCrossing } from '@/lib/detect/quality/flag-crossing'
import { bringHome, settleFlag } from '@/lib/detect/quality/flag-settle'
import type { FlagUnit } from '@/lib/detect/quality/flag-unit'
import type { FlagParams, FlagState } from '@/lib/detect/quality/flags'
import { lookAt } from '@/lib/detect/quality/latest'
import { missingAlarm } from '@/lib/detect/quality/missing-alarm'
import { knowKey } from '@/lib/detect/quality/new-keys'
import type { Crossed } from '@/lib/detect/quality/read-row'
import { repeatAlarm } from '@/lib/detect/quality/repeat-alarm'
import { newKeyAlarm, schemaAlarm } from '@/lib/detect/quality/schema-alarm'
import { constantAlarm, rangeAlarm } from '@/lib/detect/quality/value-alarms'

/** Rows since the onset from which on a small effect is one; before, few rows may hide a large one. */
const fewestRows = 30

/** Turns evidence that has passed into alarms and returns; units re-arm either way, but for those that wait for a few rows more. */
export function judgeFlags(
  state: FlagState,
  crossed: readonly Crossed[],
  line: number,
  frame: Frame,
  params: FlagParams,
  alarms: Alarm[],
  returns: Return[],
): void {
  for (const one of crossed) {
    if (one.column === null) {
      const { name, kind, unit } = one.key
      alarms.push(newKeyAlarm(name, kind, unit, flagCrossing(unit, frame.row), line, frame))
      knowKey(state.newKeys, name)
      continue
    }
    const { column, channel, unit } = one
    const crossing = flagCrossing(unit, frame.row)
    if (crossing.back) {
      const onsetIndex = rowAt(frame.rows, crossing.onsetRow).line
      const subject = { feature: column.name }
      if (unit.said)
        returns.push({
          kind: channelKinds[channel],
          unit: `${channel}=${column.name}`,
          subject,
          eventIndex: line,
          onsetIndex,
        })
      bringHome(unit, frame.row)
      lookAt(state.latest, column)
      continue
    }
    const small = crossing.effect < params.least[channel] && crossing.rows >= fewestRows
    const alarm = small ? null : alarmOf(column, channel, unit, crossing, line, frame)
    if (alarm === 'wait') continue
    if (alarm) alarms.push(alarm)
    unit.said = alarm !== null || (unit.provisional && unit.said)
    // What varied once is no constant any more: there is nothing left to hold it to.
    if (channel === 'constant' && alarm) column.constant = null
    settleFlag(unit, crossing.up, crossing.rows, frame.row)
    lookAt(state.latest, column)
  }
}

function alarmOf(
  column: Column,
  channel: Channel,
  unit: FlagUnit,
  crossing: FlagCrossing,
  line: number,
  frame: Frame,
): Alarm | null | 'wait' {
  switch (channel) {
    case 'missing':
      return missingAlarm(column.name, unit, crossing, line, frame)
    case 'schema':
      return schemaAlarm(column, unit, crossing, line, frame)
    case 'repeat':
      return repeatAlarm(column, unit, crossing, line, frame)
    case 'range':
      return rangeAlarm(column, unit, crossing, line, frame)
    default:
      return constantAlarm(column, unit, crossing, line, frame)
  }
}
