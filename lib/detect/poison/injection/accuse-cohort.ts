import type { Alarm } from '@/lib/detect/detector'
import { type Cohort, type Copy, usualShare } from './cohort'

const mostNamed = 50
const alone = 0.7
const leastCopies = 12
const leastTimes = 1.5
/** Copies of an origin from which it is named. */
const leastEach = 2

/** Writes the accusation of new voices that only repeat others; null while they are too few. */
export function accuseCohort(cohort: Cohort, evidence: number, threshold: number, eventIndex: number): Alarm | null {
  // Copies come in bursts by themselves too: their share must be beyond doubt, not their number alone.
  if (cohort.run.length < leastCopies || cohort.run.length < leastTimes * usualShare(cohort) * cohort.runRows)
    return null
  const by = new Map<string, Copy[]>()
  for (const copy of cohort.run) {
    const its = by.get(copy.origin)
    if (its) its.push(copy)
    else by.set(copy.origin, [copy])
  }
  const named = [...by]
    .filter(([, its]) => its.length >= leastEach)
    .sort(([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1))
    .slice(0, mostNamed)
  const copies = named.flatMap(([, its]) => its).sort((a, b) => a.index - b.index)
  const [first] = named
  const onset = copies[0]
  if (!first || !onset || copies.length < leastCopies) return null
  const one = first[1].length >= alone * cohort.run.length ? first[0] : undefined
  const share = cohort.run.length / cohort.runRows
  return {
    kind: 'poison.injection',
    unit: 'copies of new origins',
    subject: {
      ...(one === undefined ? { origins: named.map(([id]) => id) } : { origin: one }),
      eventIds: copies.filter(({ origin }) => one === undefined || origin === one).map(({ id }) => id),
    },
    eventIndex,
    onsetIndex: onset.index,
    onsetTimeMs: onset.timeMs,
    logE: threshold + Math.log(evidence),
    threshold,
    effect: share,
    effectUnit: 'share of the new origins’ rows that are copies',
    n: cohort.runRows,
    severity: 'critical',
    verdict: 'poisoning',
    why: `${cohort.run.length} of ${cohort.runRows} rows of origins that have just appeared are near copies of other rows; of old ones ${Math.round(100 * cohort.old)} in 100`,
    test: `New origins before them did not repeat others so, nor do old ones now. Honest newcomers who pass on what they did not write would look the same.`,
  }
}
