import type { Alarm } from '@/lib/detect/detector'
import { renamed } from '@/lib/detect/drift/category/renamed'
import type { CodeCrossing } from '@/lib/detect/drift/code/unit'
import { featureAt, type RowRing } from '@/lib/detect/drift/rows'
import { percent } from '@/lib/detect/drift/words'

/**
 * @param names of the codes; the last code has none.
 * @param strange the latest values that the baseline did not know.
 * @param least practical bound: share of rows in other categories than before. Null when the effect is real but smaller.
 */
export function categoryAlarm(
  feature: string,
  crossing: CodeCrossing,
  names: readonly string[],
  rows: RowRing,
  least: number,
  strange: readonly string[] = [],
): Alarm | null {
  const { current, reference, n } = crossing
  const before = reference.reduce((a, b) => a + b, 0)
  let apart = 0
  let chance = 0
  let worst = 0
  let most = -1
  for (let c = 0; c < current.length; c++) {
    const p = ((reference[c] as number) + 0.5) / (before + 0.5 * current.length)
    const q = (current[c] as number) / n
    apart += Math.abs(q - p) / 2
    chance += Math.sqrt((p * (1 - p) * (1 / n + 1 / before)) / (2 * Math.PI))
    // What convinces most, not what is largest: a category from nothing says more than the others' loss.
    const deviance = (q > 0 ? q * Math.log(q / p) : 0) - (q - p)
    if (deviance > most) {
      most = deviance
      worst = c
    }
  }
  const effect = Math.max(0, apart - chance)
  const novel = worst === names.length && reference[worst] === 0
  if (effect < least && n >= 30 && !novel) return null
  const name = worst < names.length ? `"${names[worst]}"` : 'values that the baseline did not know'
  const was = (reference[worst] as number) / before
  const now = (current[worst] as number) / n
  const expected = Float64Array.from(current, (_, c) => (n * (reference[c] as number)) / before)
  const fault = renamed(names, expected, current, strange)
  return {
    ...featureAt(feature, rows, crossing),
    effect,
    effectUnit: 'share of rows in other categories than before',
    n,
    severity: fault ? 'critical' : 'warning',
    verdict: fault ? 'pipeline-bug' : 'benign-shift',
    why: `${feature}: ${name} went from ${percent(was)} to ${percent(now)} of the rows${fault ? `; ${fault}` : ''}`,
    test: fault
      ? 'Values changed their names whole and at once, as a producer does that changes its codes; a world that changed would leave most of them as they were.'
      : 'The categories stayed strings of the same kind and only their shares moved; a producer that maps its codes anew would look the same.',
    comparison: {
      bins: [...names, 'anything else'],
      reference: Array.from(reference),
      current: Array.from(current),
      unit: 'categorical',
    },
  }
}
