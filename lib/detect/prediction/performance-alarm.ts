import type { ConceptState } from '@/lib/detect/concept/state'
import { versionNear } from '@/lib/detect/concept/versions'
import type { Alarm } from '@/lib/detect/detector'
import { compareNumbers } from '@/lib/detect/drift/numeric/comparison'
import type { Crossing } from '@/lib/detect/drift/numeric/unit'
import { brief, percent } from '@/lib/detect/drift/words'
import { labelledShare } from '@/lib/detect/prediction/estimate'
import { expectedError, meanError, usualDeviation } from '@/lib/detect/prediction/performance'
import { usualSince } from '@/lib/detect/prediction/usual-hours'

export interface PerformanceBounds {
  /** Rise of the estimated error rate; of a regression, growth of the estimated error as a share of what it was. */
  readonly leastFall: number
  readonly leastGrowth: number
}

/** Null while labels tell better, or when the fall is too small to matter. */
export function performanceAlarm(
  state: ConceptState,
  crossing: Crossing,
  row: number,
  line: number,
  bounds: PerformanceBounds,
): Alarm | null {
  const { performance: p, open } = state
  const onset = Math.max(0, open.next - 1 - (row - crossing.onsetRow))
  if (labelledShare(open, onset) > 0.5 || state.prompt) return null
  const before = meanError(p, crossing.reference)
  const now = meanError(p, crossing.current)
  const n = crossing.current.length
  let square = 0
  for (const value of crossing.current) square += (expectedError(p, value) - now) ** 2
  const chance = 2 * usualDeviation(p, n)
  const fall = Math.max(0, now - Math.max(before, usualSince(p, open, onset, before)) - chance)
  const numbers = p.tree !== null
  const effect = numbers ? fall / before : fall
  if (effect < (numbers ? bounds.leastGrowth : bounds.leastFall)) return null
  const place = onset % open.capacity
  const version = versionNear(state.versions, onset, line)
  const interval = (mean: number) => {
    const half = 1.96 * Math.sqrt((numbers ? square / n : mean * (1 - mean)) / Math.max(1, n))
    return numbers
      ? `${brief(mean)} [${brief(mean - half)}, ${brief(mean + half)}]`
      : `${percent(1 - mean)} [${percent(Math.max(0, 1 - mean - half))}, ${percent(Math.min(1, 1 - mean + half))}]`
  }
  return {
    kind: 'drift.performance',
    unit: 'estimated',
    subject: version ? { version } : {},
    eventIndex: line,
    onsetIndex: open.line[place] as number,
    onsetTimeMs: open.timeMs[place] as number,
    logE: crossing.logE,
    threshold: crossing.threshold,
    effect,
    effectUnit: numbers ? 'growth of the estimated error, as a share of what it was' : 'fall of the estimated accuracy',
    n,
    severity: effect > 0.1 ? 'critical' : 'warning',
    verdict: version ? 'model-regression' : 'undetermined',
    why: `estimated ${numbers ? 'mean error' : 'accuracy'} went from ${numbers ? brief(before) : percent(1 - before)} to ${interval(now)} over ${n} predictions without labels${version ? `, at version ${version}` : ''}`,
    test: `${p.calibrated ? 'Estimated from the model’s own confidence, corrected on the labelled baseline' : 'Estimated from the model’s own confidence as it is, for no labels came to correct it'}; ${version ? 'a version came with it and is held worse' : 'harder inputs and a worse model look the same until labels come'}.`,
    comparison: compareNumbers(
      Float64Array.from(crossing.reference, (value) => expectedError(p, value)).sort(),
      Float64Array.from(crossing.current, (value) => expectedError(p, value)).sort(),
    ),
  }
}
