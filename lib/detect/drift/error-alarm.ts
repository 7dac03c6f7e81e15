import type { Alarm } from '@/lib/detect/detector'
import type { CodeCrossing } from '@/lib/detect/drift/code-unit'
import { compareNumbers } from '@/lib/detect/drift/numeric-comparison'
import type { Crossing } from '@/lib/detect/drift/numeric-unit'
import { type RowRing, rowAt } from '@/lib/detect/drift/rows'
import { brief, percent } from '@/lib/detect/drift/words'
import { quantileOf } from '@/lib/stats/quantile-edges'

/** A version of the model, and the line on which it was announced. */
export interface VersionLine {
  version: string
  line: number
}

/** Lines between a version and an onset that it explains. */
const versionReach = 600

export interface ErrorEvidence {
  kind: 'rate' | 'residual'
  crossing: { onsetRow: number; logE: number; threshold: number; n: number }
  effect: number
  effectUnit: string
  why: string
  comparison: Alarm['comparison']
  severe: boolean
}

/** Null when the rise is smaller than `least` (error rate). */
export function rateEvidence(crossing: CodeCrossing, least: number): ErrorEvidence | null {
  const [right = 0, wrong = 0] = crossing.reference
  const before = wrong / Math.max(1, right + wrong)
  const now = (crossing.current[1] as number) / Math.max(1, crossing.n)
  const chance = Math.sqrt(before * (1 - before) * (1 / Math.max(1, crossing.n) + 1 / Math.max(1, right + wrong)))
  const effect = Math.max(0, now - before - chance)
  if (effect < least) return null
  return {
    kind: 'rate',
    crossing,
    effect,
    effectUnit: 'rise of the error rate',
    why: `errors on labelled predictions rose from ${percent(before)} to ${percent(now)} over ${crossing.n} labels`,
    comparison: {
      bins: ['right', 'wrong'],
      reference: Array.from(crossing.reference),
      current: Array.from(crossing.current),
      unit: 'categorical',
    },
    severe: now > 2 * before,
  }
}

/** Null when the median residual grew by less than `least` of itself. */
export function residualEvidence(crossing: Crossing, least: number): ErrorEvidence | null {
  const current = crossing.current.slice().sort()
  const before = quantileOf(crossing.reference, 0.5)
  const now = quantileOf(current, 0.5)
  const tail = quantileOf(current, 0.95) / quantileOf(crossing.reference, 0.95) - 1
  const effect = Math.max(before > 0 ? now / before - 1 : 0, Number.isFinite(tail) ? tail : 0)
  if (effect < least && current.length >= 30) return null
  return {
    kind: 'residual',
    crossing: { ...crossing, n: current.length },
    effect,
    effectUnit: 'growth of the residual, as a share of what it was',
    why: `residuals grew over ${current.length} labels: median ${brief(before)} → ${brief(now)}, 95 % below ${brief(quantileOf(crossing.reference, 0.95))} → ${brief(quantileOf(current, 0.95))}`,
    comparison: compareNumbers(crossing.reference, current),
    severe: effect > 1,
  }
}

/** @param fired the line at which it crossed: a label's, or a prediction's whose label came first. */
export function errorAlarm(
  evidence: ErrorEvidence,
  rows: RowRing,
  fired: number,
  versions: readonly VersionLine[],
): Alarm {
  const { crossing } = evidence
  const onset = rowAt(rows, crossing.onsetRow)
  const version = versions.findLast((v) => Math.abs(v.line - onset.line) < versionReach && v.line <= fired)
  return {
    kind: 'drift.concept',
    unit: 'error',
    subject: version ? { version: version.version } : {},
    eventIndex: fired,
    onsetIndex: onset.line,
    onsetTimeMs: onset.timeMs,
    logE: crossing.logE,
    threshold: crossing.threshold,
    effect: evidence.effect,
    effectUnit: evidence.effectUnit,
    n: crossing.n,
    severity: evidence.severe ? 'critical' : 'warning',
    verdict: version ? 'model-regression' : 'concept-change',
    why: version ? `${evidence.why}, at version ${version.version}` : evidence.why,
    test: version
      ? `The rise begins within ${versionReach} lines of a new version, so the version is held worse; a change of the world at that moment would look the same.`
      : `No version came within ${versionReach} lines of the rise, so the rule behind the labels is held changed; drifted or faulty inputs, or wrong labels, would look the same.`,
    ...(evidence.comparison ? { comparison: evidence.comparison } : {}),
  }
}
