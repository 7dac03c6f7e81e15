'use client'

import { useMemo, useState } from 'react'
import type { HeatMap as Data } from '@/lib/view/drift'
import { Button } from '../button'
import { Choice } from '../choice'
import { percent } from '../format'
import { exact } from '../instant'
import { Status } from '../status'
import { Figure } from './figure'
import { HeatCells } from './heat-cells'
import css from './heat-map.module.css'
import { heatRow, type Measure, measures } from './heat-option'
import { standingWords } from './standing-words'
import { deviations } from './usual-words'

const first = 16

/** Feature × time, worst first. The names are buttons that open a feature; the cells show one of three measures, and where an alert stands. */
export function HeatMap({ map, onOpen }: { map: Data; onOpen: (feature: string) => void }) {
  const [all, setAll] = useState(false)
  const [measure, setMeasure] = useState<Measure>('effect')
  const shown = useMemo(() => (all ? map : { ...map, features: map.features.slice(0, first) }), [map, all])
  const rest = map.features.length - shown.features.length
  return (
    <Figure
      title="Features over time"
      note={<Ramp measure={measure} calm={measure === 'effect' && map.features.some(wanders)} />}
      twin={twinOf(map)}
    >
      <div className={css.measure}>
        <Choice label="Show" value={measure} options={measures} onChange={(next) => setMeasure(next as Measure)} />
      </div>
      <div className={css.map}>
        <ul className={css.names} style={{ gridAutoRows: heatRow }}>
          {shown.features.map((f) => (
            <li key={f.name}>
              <button type="button" onClick={() => onOpen(f.name)} title={f.name}>
                <span className={css.name}>{f.name}</span>
                <Beside feature={f} measure={measure} />
              </button>
            </li>
          ))}
        </ul>
        <HeatCells map={shown} measure={measure} onOpen={onOpen} />
      </div>
      {rest > 0 && (
        <Button tone="quiet" onClick={() => setAll(true)}>
          {rest} more features, all calmer
        </Button>
      )}
    </Figure>
  )
}

/** Beside a name: the worst of the measure that is shown. */
function Beside({ feature, measure }: { feature: Data['features'][number]; measure: Measure }) {
  if (measure === 'missing') return <span className={css.share}>{percent(feature.missing)}</span>
  if (measure === 'effect' && feature.verdicts.at(-1) === 'wanders') return <span className={css.share}>wanders</span>
  if (measure === 'effect')
    return <span className={css.share}>{percent(Math.max(0, ...feature.effects.map((effect) => effect ?? 0)))}</span>
  return feature.share >= 0.5 ? (
    <Status kind={feature.share >= 1 ? 'alarm' : 'watch'}>{percent(feature.share)}</Status>
  ) : (
    <span className={css.share}>{percent(feature.share)}</span>
  )
}

/** A line a feature and window: everything that the cells can show. */
const twinOf = (map: Data) => ({
  columns: ['Feature', 'Window', 'Effect', 'Evidence', 'Missing', 'n', 'Held to be', 'Change', 'Usually'],
  rows: map.features.flatMap((f) =>
    map.windows.map((w, i) => [
      f.name,
      exact(w).slice(0, 16),
      orNone(f.effects[i]),
      orNone(f.evidence[i]),
      orNone(f.missingBy[i]),
      f.n[i] ?? 0,
      standingWords(f.verdicts[i] ?? null),
      ...usualCells(f.usual[i]),
    ]),
  ),
})
const usualCells = (usual: Data['features'][number]['usual'][number] | undefined) =>
  usual ? [deviations(usual.change), `${deviations(usual.low)} to ${deviations(usual.high)}`] : ['–', '–']
const orNone = (value: number | null | undefined) => (value === null || value === undefined ? '–' : percent(value))

const ends: Record<Measure, readonly [from: string, to: string]> = {
  effect: ['effect 0', '50 % of rows moved · pale: little evidence'],
  evidence: ['evidence 0', 'past its alarm'],
  missing: ['missing 0', '50 % of rows'],
}

const wanders = ({ verdicts }: Data['features'][number]) => verdicts.includes('wanders')

const Ramp = ({ measure, calm }: { measure: Measure; calm: boolean }) => (
  <span className={css.ramp}>
    {ends[measure][0]}
    {[0, 1, 2, 3, 4, 5, 6].map((i) => (
      <i key={i} style={{ background: `var(--heat-${i})` }} aria-hidden="true" />
    ))}
    {ends[measure][1]}
    {calm && (
      <>
        <b className={css.calm} aria-hidden="true" /> wanders as usual
      </>
    )}
    <b className={css.mark} aria-hidden="true" /> under an alert
  </span>
)
