import type { UnitStanding } from '@/lib/detect/detector'
import { channelKinds, channels } from '@/lib/detect/quality/channel'
import type { Column } from '@/lib/detect/quality/column'
import { heldHits } from '@/lib/detect/quality/flag-hits'
import { reportEvidence } from '@/lib/evidence/report'

/** Where the flags of a column stand. Runs since the last block's end are not in it yet. */
export function flagStandings(column: Column): UnitStanding[] {
  const standings: UnitStanding[] = []
  for (const channel of channels) {
    const unit = column[channel]
    if (!unit) continue
    const held = Math.min(unit.hits.count, heldHits)
    const oldest = held > 0 ? (unit.hits.seen[(unit.hits.count - held) % heldHits] as number) : 0
    const rows = unit.seen - oldest + (held > 0 ? 1 : 0)
    const rare = rows >= 20 ? held / rows : unit.rarer === 1 ? unit.level : 1 - unit.level
    standings.push({
      kind: channelKinds[channel],
      unit: `${channel}=${column.name}`,
      subject: { feature: column.name },
      ...reportEvidence(unit.evidence),
      effect: (unit.rarer === 1 ? rare : 1 - rare) - unit.level,
      n: unit.evidence.updates,
    })
  }
  return standings
}
