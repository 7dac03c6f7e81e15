'use client'

import { useMemo } from 'react'
import { Chart } from '@/app/_ui/charts/chart'
import { Figure } from '@/app/_ui/charts/figure'
import { exact } from '@/app/_ui/instant'
import { kindWords, subjectWords } from '@/app/_ui/words'
import type { BacktestDetail } from '@/lib/view/backtest'
import { laneHeight, lanesOf, lanesOption } from './lanes-option'
import css from './run.module.css'

/** What this configuration raised above the axis's middle, what live raised below it: each from its onset to its alarm. */
export function Lanes({ detail }: { detail: BacktestDetail }) {
  const { result } = detail
  const lanes = useMemo(() => (result ? lanesOf(result) : null), [result])
  const option = useMemo(() => (lanes && result ? lanesOption(lanes, result) : null), [lanes, result])
  if (!lanes || !option || !result) return null
  const twin = {
    columns: ['Raised by', 'Kind', 'About', 'Onset', 'Alarm', 'Both'],
    rows: [
      ...result.alarms.map((a) => [
        'this run',
        kindWords[a.kind],
        subjectWords(a.subject),
        exact(a.onsetAt),
        exact(a.firedAt),
        a.alertId ? 'yes' : 'no',
      ]),
      ...result.live.map((a) => [
        'live',
        kindWords[a.kind],
        subjectWords(a.subject),
        exact(a.onsetAt),
        exact(a.firedAt),
        a.found ? 'yes' : 'no',
      ]),
    ],
  }
  return (
    <Figure title="Alarms over time" note={<Key />} twin={twin}>
      <div className={css.lanes}>
        <div className={css.names} aria-hidden="true">
          <span style={{ height: lanes.ours * laneHeight }}>This run</span>
          <span style={{ height: lanes.theirs * laneHeight }}>Live</span>
        </div>
        <Chart
          option={option}
          height={(lanes.ours + lanes.theirs) * laneHeight + 36}
          label={`${result.alarms.length} alarms of this run above ${result.live.length} that live raised, on one time axis`}
        />
      </div>
    </Figure>
  )
}

const Key = () => (
  <span className={css.key}>
    <i data-both aria-hidden="true" /> raised by both <i aria-hidden="true" /> by one alone · bar: onset to alarm
  </span>
)
