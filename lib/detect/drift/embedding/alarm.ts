import type { Alarm } from '@/lib/detect/detector'
import { featureAlarm } from '@/lib/detect/drift/numeric/alarm'
import type { PracticalBounds } from '@/lib/detect/drift/numeric/effect'
import type { Crossing } from '@/lib/detect/drift/numeric/unit'
import type { RowRing } from '@/lib/detect/drift/rows'

/** Embeddings that changed, in words; null when it is real but too small to matter. */
export function embeddingAlarm(
  series: string,
  crossing: Crossing,
  rows: RowRing,
  bounds: PracticalBounds,
): Alarm | null {
  const alarm = featureAlarm('embedding', crossing, rows, bounds)
  if (!alarm) return null
  return {
    ...alarm,
    kind: 'drift.feature',
    unit: 'feature=embedding',
    subject: { feature: 'embedding' },
    severity: 'warning',
    verdict: 'benign-shift',
    why: `embedding: its ${series} ${alarm.why.replace(/^embedding /, '')}`,
    test: 'Each vector standardised by the first half of the baseline and summed up in its length, its distances and twelve fixed directions, ranked among those of the second half. A new encoder of the same dimensions moves all of them at once; new inputs seldom do.',
  }
}
