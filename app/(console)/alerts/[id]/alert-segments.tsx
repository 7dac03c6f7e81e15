'use client'

import { Section } from '@/app/_shell/screen'
import { Segments } from '@/app/_ui/segments'
import type { AlertDetail } from '@/lib/view/alert'

/** Where an alert about inputs comes from: the baseline against what came from its onset to its alarm, by segment. */
export function AlertSegments({ alert }: { alert: AlertDetail }) {
  const { subject, kind, model, onsetAt, firedAt } = alert
  const feature = subject.feature ?? null
  if (feature === null && kind !== 'drift.segment' && !subject.segment) return null
  return (
    <Section title="Segments that carry it" aside="baseline against onset to alarm">
      <Segments model={model} feature={feature} range={{ from: onsetAt, to: firedAt }} />
    </Section>
  )
}
