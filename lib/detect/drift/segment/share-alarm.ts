import type { Alarm, Return } from '@/lib/detect/detector'
import { noCode } from '@/lib/detect/drift/code/level'
import type { CodeCrossing, CodeUnit } from '@/lib/detect/drift/code/unit'
import { rowAt } from '@/lib/detect/drift/rows'
import type { ShareKey } from '@/lib/detect/drift/segment/share-state'
import { mostValues } from '@/lib/detect/drift/segment/share-state'
import { percent } from '@/lib/detect/drift/words'
import type { Frame } from '@/lib/detect/frame'

/** Rows for which a new value may go on growing. */
const launchRows = 6000

/** A mix that moved, named by the value that says most; null when the effect is real but too small to matter. */
export function shareAlarm(key: ShareKey, crossing: CodeCrossing, frame: Frame, least: number): Alarm | null {
  const { current, reference, n } = crossing
  const before = reference.reduce((a, b) => a + b, 0)
  let apart = 0
  let chance = 0
  let worst = 0
  let most = Number.NEGATIVE_INFINITY
  for (let c = 0; c < current.length; c++) {
    const p = ((reference[c] as number) + 0.5) / (before + 0.5 * current.length)
    const q = (current[c] as number) / n
    apart += Math.abs(q - p) / 2
    chance += Math.sqrt((p * (1 - p) * (1 / n + 1 / before)) / (2 * Math.PI))
    // The value whose own odds explain most, all others keeping theirs.
    const deviance = (q > 0 ? q * Math.log(q / p) : 0) + (q < 1 ? (1 - q) * Math.log((1 - q) / (1 - p)) : 0)
    if (deviance > most) {
      most = deviance
      worst = c
    }
  }
  const effect = Math.max(0, apart - chance)
  const pooled = worst === key.told
  const { code, firstRow } = pooled ? commonestLate(key, crossing.onsetRow, frame.row) : { code: worst, firstRow: -1 }
  const novel = pooled && (reference[worst] as number) <= 0.01 * before
  if (effect < least && n >= 30 && !novel) return null
  // What was launched a while ago and goes on growing is still that launch.
  if (key.launches.some((launch) => launch.code === code && frame.row - launch.row < launchRows)) return null
  if (novel) key.launches = [...key.launches.slice(-7), { code, row: frame.row }]
  const value = key.values[code] ?? 'other values'
  const onsetRow = novel && firstRow >= 0 ? firstRow : crossing.onsetRow
  const onset = rowAt(frame.rows, onsetRow)
  const was = (reference[worst] as number) / before
  const now = (current[worst] as number) / n
  return {
    kind: 'drift.segment',
    unit: `segment=${key.name}`,
    subject: { segment: { [key.name]: value } },
    eventIndex: rowAt(frame.rows, frame.row).line,
    onsetIndex: onset.line,
    onsetTimeMs: onset.timeMs,
    logE: crossing.logE,
    threshold: crossing.threshold,
    effect,
    effectUnit: 'share of rows in other segment values than before',
    n,
    severity: 'warning',
    verdict: 'benign-shift',
    why: novel
      ? `${key.name}=${value} is new: ${percent(now)} of the rows since its first one, none like it in the baseline`
      : `${key.name}=${value} went from ${percent(was)} to ${percent(now)} of the rows`,
    test: novel
      ? 'The value never came in the baseline: a launch, or a producer that writes an old value in a new way.'
      : 'Only the mix moved; each row still names a segment that the baseline knew. Traffic sent to the wrong place, or a segment that lost its feed, would look the same.',
    comparison: {
      bins: [...key.values.slice(0, key.told).map((name) => name || '(none)'), 'anything else'],
      reference: Array.from(reference),
      current: Array.from(current),
      unit: 'categorical',
    },
  }
}

/** The mix is back at its baseline. */
export function shareReturn(key: ShareKey, onsetRow: number, frame: Frame): Return {
  return {
    kind: 'drift.segment',
    unit: `segment=${key.name}`,
    subject: {},
    eventIndex: rowAt(frame.rows, frame.row).line,
    onsetIndex: rowAt(frame.rows, onsetRow).line,
  }
}

/** Of the values without a code of their own, the commonest since a row, and its first row that is held. */
function commonestLate(key: ShareKey, from: number, row: number): { code: number; firstRow: number } {
  const unit = key.unit as CodeUnit
  const counts = new Int32Array(mostValues + 2)
  const firsts = new Int32Array(mostValues + 2).fill(-1)
  for (let r = Math.max(unit.armedRow, row - unit.held + 1, 0); r <= row; r++) {
    const code = key.came[r % unit.held] as number
    if (code === noCode || code < key.told) continue
    if ((firsts[code] as number) < 0) firsts[code] = r
    if (r >= from) counts[code] = (counts[code] as number) + 1
  }
  let best = key.told
  for (let code = key.told; code <= mostValues; code++)
    if ((counts[code] as number) > (counts[best] as number)) best = code
  return { code: best, firstRow: firsts[best] as number }
}
