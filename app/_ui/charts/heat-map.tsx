'use client'

import { useMemo, useState } from 'react'
import type { HeatMap as Data } from '@/lib/view/types'
import { Button } from '../button'
import { percent } from '../format'
import { exact } from '../instant'
import { Status } from '../status'
import { Chart } from './chart'
import { Figure } from './figure'
import css from './heat-map.module.css'
import { cellsOf, heatAxis, heatOption, heatRow } from './heat-option'

const first = 16

/** Feature × time, worst first. The names are buttons that open a feature; the cells say effect, and how sure. */
export function HeatMap({ map, onOpen }: { map: Data; onOpen: (feature: string) => void }) {
  const [all, setAll] = useState(false)
  const shown = useMemo(() => (all ? map : { ...map, features: map.features.slice(0, first) }), [map, all])
  const option = useMemo(() => heatOption(shown), [shown])
  const cells = useMemo(() => cellsOf(shown), [shown])
  const rest = map.features.length - shown.features.length
  const twin = {
    columns: ['Feature', ...map.windows.map((w) => exact(w).slice(0, 16)), 'Evidence'],
    rows: map.features.map((f) => [f.name, ...f.effects.map((e) => (e === null ? '–' : percent(e))), percent(f.share)]),
  }
  return (
    <Figure title="Features over time" note={<Ramp />} twin={twin}>
      <div className={css.map}>
        <ul className={css.names} style={{ gridAutoRows: heatRow }}>
          {shown.features.map((f) => (
            <li key={f.name}>
              <button type="button" onClick={() => onOpen(f.name)} title={f.name}>
                <span className={css.name}>{f.name}</span>
                {f.share >= 0.5 ? (
                  <Status kind={f.share >= 1 ? 'alarm' : 'watch'}>{percent(f.share)}</Status>
                ) : (
                  <span className={css.share}>{percent(f.share)}</span>
                )}
              </button>
            </li>
          ))}
        </ul>
        <Chart
          option={option}
          height={shown.features.length * heatRow + heatAxis}
          label={`Effect of ${shown.features.length} features in ${map.windows.length} windows; worst ${map.features[0]?.name ?? 'none'}`}
          onPick={(_, i) => {
            const name = shown.features[cells[i]?.feature ?? -1]?.name
            if (name) onOpen(name)
          }}
        />
      </div>
      {rest > 0 && (
        <Button tone="quiet" onClick={() => setAll(true)}>
          {rest} more features, all calmer
        </Button>
      )}
    </Figure>
  )
}

const Ramp = () => (
  <span className={css.ramp}>
    effect 0
    {[0, 1, 2, 3, 4, 5, 6].map((i) => (
      <i key={i} style={{ background: `var(--heat-${i})` }} aria-hidden="true" />
    ))}
    50 % of rows · pale: little evidence
  </span>
)
