import type { Alarm, Return } from '@/lib/detect/detector'
import { compareNumbers } from '@/lib/detect/drift/numeric/comparison'
import { type RowRing, rowAt } from '@/lib/detect/drift/rows'
import { unitFactor } from '@/lib/detect/drift/unit-factor'
import type { Blamed } from '@/lib/detect/drift/usual/blame'
import { heldRows, type UsualColumn } from '@/lib/detect/drift/usual/column'
import { conversionOf } from '@/lib/detect/drift/usual/conversion'
import type { Relations } from '@/lib/detect/drift/usual/relations'
import type { Exchange } from '@/lib/detect/drift/usual/swap'
import type { Unusual } from '@/lib/detect/drift/usual/usual-change'
import { brief } from '@/lib/detect/drift/words'
import { quantileOf } from '@/lib/stats/quantile-edges'

/** A break of a feature's relation to the others in words: two columns exchanged, a unit changed, or the feature left them. */
export function breakAlarm(
  relations: Relations,
  blamed: Blamed,
  broken: Unusual & { onset: number },
  rows: RowRing,
  onsetRow: number,
  exchange: Exchange | null,
): Alarm {
  const { column } = blamed
  const { before, since } = rawAround(column, relations.rows, broken.onset)
  const effect = blamed.after - blamed.before
  const at = {
    eventIndex: rowAt(rows, rows.rows - 1).line,
    onsetIndex: rowAt(rows, onsetRow).line,
    onsetTimeMs: rowAt(rows, onsetRow).timeMs,
    logE: broken.logE,
    threshold: broken.threshold,
    effect,
    effectUnit: 'baseline standard deviations, beyond what the other features say',
    n: since.length,
    beyondUsual: true as const,
    ...(since.length > 0 && before.length > 0 ? { comparison: compareNumbers(before, since) } : {}),
  }
  const usually = `its greatest change over ${broken.rows} rows before was ${brief(broken.record)} σ`
  // What the others say is nearer than the medians: a day's first hours are no fair sample of it. Of an exchange and a unit the one that makes the rows likelier.
  const converted = conversionOf(relations, column, broken.onset)
  if (exchange && !(converted && converted.nats >= exchange.nats)) {
    const names = exchange.pair.map((at) => (relations.columns[at] as UsualColumn).name)
    return {
      ...at,
      kind: 'quality.swap',
      unit: `swap=${[...names].sort().join('&')}`,
      subject: { features: names },
      severity: 'critical',
      verdict: 'pipeline-bug',
      why: `${names.join(' and ')} carry each other's values: exchanged back, both follow from the other features again`,
      test: 'Their values of the rows since the onset fit the relations of the past better exchanged than as they are, by far; two features that come to measure each other would look the same.',
    }
  }
  const conversion = converted?.conversion
  const factor = !conversion && since.length > 0 && before.length > 0 ? unitFactor(before, since) : null
  if (factor !== null || conversion) {
    const medians = `median ${brief(quantileOf(before, 0.5))} → ${brief(quantileOf(since, 0.5))}`
    return {
      ...at,
      kind: 'quality.range',
      unit: `feature=${column.name}`,
      subject: { feature: column.name },
      severity: 'critical',
      verdict: 'pipeline-bug',
      ...(conversion
        ? {
            why: `${column.name} is ${conversion.words}: ${medians}, while the other features say that it did not move`,
            test: 'Converted back, its values since the onset follow from the other features as before, and as they are they do not, by far: a change of unit.',
          }
        : {
            why: `${column.name} is multiplied by ${brief(factor ?? 1)}: ${medians}, same shape`,
            test: 'On the log scale the median moved by far more than the spread of the rows before, and the shape stayed, while the other features say it did not move: a change of unit or scale.',
          }),
    }
  }
  return {
    ...at,
    kind: 'drift.feature',
    unit: `feature=${column.name}`,
    subject: { feature: column.name },
    severity: 'warning',
    verdict: 'benign-shift',
    why: `${column.name} ${effect > 0 ? 'rose' : 'fell'} ${brief(Math.abs(effect))} σ against what the other features say of it, while it wanders: ${usually}`,
    test: 'No constant factor and no exchange with another column explains it, so the feature itself moved, beyond any change that it made before; a fault of its producer that moves values by a plausible amount would look the same.',
  }
}

export const breakReturn = (feature: string, rows: RowRing, onsetRow: number): Return => ({
  kind: 'drift.feature',
  unit: `feature=${feature}`,
  subject: { feature },
  eventIndex: rowAt(rows, rows.rows - 1).line,
  onsetIndex: rowAt(rows, onsetRow).line,
})

/** Values held before and since a row, sorted. */
function rawAround(column: UsualColumn, rows: number, onset: number): { before: Float64Array; since: Float64Array } {
  const held = (from: number, to: number) => {
    const out: number[] = []
    for (let row = Math.max(from, rows - heldRows, 0); row < to; row++) {
      const value = column.raw[row % heldRows] as number
      if (!Number.isNaN(value)) out.push(value)
    }
    return Float64Array.from(out).sort()
  }
  return { before: held(0, onset), since: held(onset, rows) }
}
