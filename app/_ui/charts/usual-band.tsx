'use client'

import { useMemo } from 'react'
import type { FeatureDetail } from '@/lib/view/drift'
import { exact } from '../instant'
import { Chart } from './chart'
import { Figure } from './figure'
import css from './usual-band.module.css'
import { usualOption } from './usual-option'
import { deviations, usualWords } from './usual-words'

/** A feature that is never at rest: how it changes, in the band of how it usually does. */
export function UsualBand({ usual }: { usual: NonNullable<FeatureDetail['usual']> }) {
  const option = useMemo(() => usualOption(usual), [usual])
  const last = usual.points.at(-1)
  if (!last) return null
  const twin = {
    columns: ['Window', 'Change', 'Usually from', 'to', 'Greatest before', 'Changes known'],
    rows: usual.points.map((p) => [
      exact(p.at),
      deviations(p.change),
      deviations(p.low),
      deviations(p.high),
      deviations(p.record).replace('+', ''),
      p.changes,
    ]),
  }
  return (
    <Figure title="It wanders: usual change" note="green: nine of ten of its changes; dashed: the greatest" twin={twin}>
      <Chart
        option={option}
        height={160}
        label={`Change against usual change in ${usual.points.length} windows; last it ${usualWords(last)}`}
      />
      <p className={css.words}>
        It is never at rest, so its level pages nobody: a change beyond what the other features say of it, and greater
        than any that it made by itself, does. Last it {usualWords(last)}.
      </p>
    </Figure>
  )
}
