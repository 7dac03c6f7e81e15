import type { Alarm } from '@/lib/detect/detector'
import { featureAlarm } from '@/lib/detect/drift/numeric/alarm'
import type { PracticalBounds } from '@/lib/detect/drift/numeric/effect'
import type { Crossing } from '@/lib/detect/drift/numeric/unit'
import type { RowRing } from '@/lib/detect/drift/rows'
import { grownWords, type TextModel } from '@/lib/detect/drift/text/model'
import { percent } from '@/lib/detect/drift/words'

/** Texts that changed, in words; null when it is real but too small to matter. */
export function textAlarm(
  series: string,
  crossing: Crossing,
  model: TextModel,
  since: readonly string[],
  rows: RowRing,
  bounds: PracticalBounds,
): Alarm | null {
  const alarm = featureAlarm('text', crossing, rows, bounds)
  if (!alarm) return null
  const moved = alarm.why.replace(/^text /, '')
  const words = grownWords(model, since)
    .map(({ word, now, before }) => `"${word}" in ${percent(now)} of the texts (${percent(before)} before)`)
    .join(', ')
  const named = series.startsWith('mix') ? 'the mix of its words' : `its ${series}`
  return {
    ...alarm,
    kind: 'drift.feature',
    unit: 'feature=text',
    subject: { feature: 'text' },
    severity: 'warning',
    verdict: 'benign-shift',
    why: `text: ${named} ${moved}${words === '' ? '' : `; ${words}`}`,
    test: 'Each text against a vocabulary fixed in the first half of the baseline, ranked among the texts of its second half. Another topic, language or author looks like this; so does a template or an encoding that a producer broke.',
  }
}
