import type { Alarm } from '@/lib/detect/detector'
import { featureAlarm } from '@/lib/detect/drift/numeric/alarm'
import type { PracticalBounds } from '@/lib/detect/drift/numeric/effect'
import type { Crossing, NumericUnit } from '@/lib/detect/drift/numeric/state'
import { swapPartner } from '@/lib/detect/drift/numeric/swap'
import { type RowRing, rowAt } from '@/lib/detect/drift/rows'

/** What a feature's crossing is: two columns swapped, a change of unit, or a shift of its own; null where it is too small to matter. */
export function judgeFeature(
  names: readonly string[],
  units: readonly NumericUnit[],
  moved: number,
  crossing: Crossing,
  rows: RowRing,
  bounds: PracticalBounds,
): Alarm | null {
  const feature = names[moved] as string
  if (wildInPart(crossing)) return null
  const alarm = featureAlarm(feature, crossing, rows, bounds)
  if (!alarm) return null
  const partner = swapPartner(units, moved, crossing.onsetRow, rows.rows - 1)
  if (partner) {
    const features = [feature, names[partner.unit] as string]
    const onset = rowAt(rows, partner.onsetRow)
    return {
      ...alarm,
      kind: 'quality.swap',
      unit: `features=${[...features].sort().join(',')}`,
      subject: { features },
      onsetIndex: onset.line,
      onsetTimeMs: onset.timeMs,
      n: Math.min(alarm.n, rows.rows - partner.onsetRow),
      effect: 1,
      effectUnit: "share of rows that follow the other column's baseline",
      severity: 'critical',
      verdict: 'pipeline-bug',
      why: `${features[0]} has the values of ${features[1]}, and ${features[1]} those of ${features[0]}`,
      test: "Since the onset each of the two columns follows the other's baseline as closely as the other would, and not its own; two columns that moved independently would rarely meet each other's shapes.",
    }
  }
  return alarm.verdict === 'pipeline-bug' ? { ...alarm, kind: 'quality.range' } : alarm
}

const fewRows = 30
const mostWild = 0.7
const farWidths = 3

/** Few rows so far, and some of them, not all, farther off than the whole baseline is wide: what that is its range tells (quality/value-range), or more rows. */
function wildInPart({ current, reference }: Crossing): boolean {
  if (current.length >= fewRows || reference.length === 0) return false
  const low = reference[0] as number
  const high = reference[reference.length - 1] as number
  const far = farWidths * (high - low)
  const wild = current.reduce((n, value) => n + (value < low - far || value > high + far ? 1 : 0), 0)
  return wild > 0 && wild < mostWild * current.length
}
