import { type VersionBook, versionNear } from '@/lib/detect/concept/versions'
import type { Alarm } from '@/lib/detect/detector'
import { categoryAlarm } from '@/lib/detect/drift/category/alarm'
import type { CodeCrossing } from '@/lib/detect/drift/code/unit'
import { featureAlarm } from '@/lib/detect/drift/numeric/alarm'
import type { PracticalBounds } from '@/lib/detect/drift/numeric/effect'
import type { Crossing } from '@/lib/detect/drift/numeric/unit'
import { type RowRing, rowAt } from '@/lib/detect/drift/rows'

export type PredictionUnit = 'class' | 'value' | 'score'
const names: Record<PredictionUnit, string> = {
  class: 'predicted class',
  value: 'prediction',
  score: 'score (logit)',
}

/** A shift of the output says that something moved, not what: a version near the onset is held to have done it, else it stays open. */
function asPrediction(
  alarm: Alarm | null,
  unit: PredictionUnit,
  onsetRow: number,
  versions: VersionBook,
): Alarm | null {
  if (!alarm) return null
  const version = versionNear(versions, onsetRow, alarm.eventIndex)
  return {
    ...alarm,
    kind: 'drift.prediction',
    unit,
    subject: version ? { version } : {},
    severity: 'warning',
    verdict: version ? 'model-regression' : 'undetermined',
    why: version ? `${alarm.why}, at version ${version}` : alarm.why,
    test: version
      ? 'The shift begins with a new version, which is held to have made it; inputs that moved at that moment would look the same.'
      : 'No version came near the shift. Inputs that moved, a model that changed and a world that did all look the same in the output alone.',
  }
}

export const numberMoved = (
  unit: PredictionUnit,
  crossing: Crossing,
  rows: RowRing,
  bounds: PracticalBounds,
  versions: VersionBook,
): Alarm | null => asPrediction(featureAlarm(names[unit], crossing, rows, bounds), unit, crossing.onsetRow, versions)

export const classMoved = (
  crossing: CodeCrossing,
  classes: readonly string[],
  rows: RowRing,
  least: number,
  versions: VersionBook,
): Alarm | null =>
  asPrediction(categoryAlarm(names.class, crossing, classes, rows, least), 'class', crossing.onsetRow, versions)

export function movedBack(unit: PredictionUnit, onsetRow: number, rows: RowRing) {
  return {
    kind: 'drift.prediction' as const,
    unit,
    subject: {},
    eventIndex: rowAt(rows, rows.rows - 1).line,
    onsetIndex: rowAt(rows, onsetRow).line,
  }
}
