'use client'

import { useMemo } from 'react'
import type { FeatureDetail } from '@/lib/view/drift'
import { count, measure } from '../format'
import { exact } from '../instant'
import { Chart } from './chart'
import { Figure } from './figure'
import { ribbonOption } from './ribbon-option'

export function Ribbon({
  ribbon,
  calm,
  title,
}: {
  ribbon: FeatureDetail['ribbon']
  calm: FeatureDetail['calm']
  title: string
}) {
  const option = useMemo(() => ribbonOption(ribbon, calm), [ribbon, calm])
  const twin = {
    columns: ['Window', '5 %', '25 %', 'Median', '75 %', '95 %', 'n'],
    rows: ribbon.map((r) => [
      exact(r.at),
      measure(r.q05),
      measure(r.q25),
      measure(r.q50),
      measure(r.q75),
      measure(r.q95),
      count(r.n),
    ]),
  }
  return (
    <Figure
      title={title}
      note={`median, 25–75 %, 5–95 %${calm ? `; green: its usual wander, ${measure(calm.low)} to ${measure(calm.high)}` : ''}`}
      twin={twin}
    >
      <Chart option={option} height={180} label={`${title}: median and quantiles in ${ribbon.length} windows`} />
    </Figure>
  )
}
