'use client'

import { type KeyboardEvent, useMemo, useState } from 'react'
import type { HeatMap as Data } from '@/lib/view/drift'
import { count, percent } from '../format'
import { exact } from '../instant'
import { Chart } from './chart'
import css from './heat-map.module.css'
import { cellsOf, heatAxis, heatOption, heatRow, type Measure } from './heat-option'
import { standingWords } from './standing-words'
import { usualWords } from './usual-words'

type Place = readonly [feature: number, window: number]

const steps: Record<string, Place> = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }

/** The cells of a heat map. Arrow keys move a cursor over them, Enter opens the feature; what is under it, or the pointer, is told below. */
export function HeatCells({
  map,
  measure,
  onOpen,
}: {
  map: Data
  measure: Measure
  onOpen: (feature: string) => void
}) {
  const [cursor, setCursor] = useState<Place | null>(null)
  const [hover, setHover] = useState<Place | null>(null)
  const option = useMemo(() => heatOption(map, measure, cursor), [map, measure, cursor])
  const cells = useMemo(() => cellsOf(map, measure), [map, measure])
  const last: Place = [map.features.length - 1, map.windows.length - 1]
  const told = hover ?? cursor

  function onKey(event: KeyboardEvent) {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === 'Escape') return setCursor(null)
    if (event.key === 'Enter' && cursor) {
      // The key would go on to press the button that the sheet puts the focus on.
      event.preventDefault()
      return onOpen(map.features[cursor[0]]?.name ?? '')
    }
    const step = steps[event.key]
    const end = event.key === 'Home' ? 0 : event.key === 'End' ? last[1] : null
    if (!step && end === null) return
    event.preventDefault()
    const [feature, window] = cursor ?? [0, last[1]]
    if (end !== null) setCursor([feature, end])
    else if (!cursor) setCursor([feature, window])
    else if (step) setCursor([within(feature + step[0], last[0]), within(window + step[1], last[1])])
  }

  return (
    <div className={css.cells}>
      <div
        className={css.focus}
        role="application"
        aria-label={`Cells of ${map.features.length} features in ${map.windows.length} windows: arrow keys move, Enter opens a feature`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: an application takes the keys itself
        tabIndex={0}
        onKeyDown={onKey}
        onBlur={() => setCursor(null)}
      >
        <Chart
          option={option}
          height={map.features.length * heatRow + heatAxis}
          label={`${measure} of ${map.features.length} features in ${map.windows.length} windows; worst ${map.features[0]?.name ?? 'none'}`}
          onPick={(_, i) => {
            const name = map.features[cells[i]?.feature ?? -1]?.name
            if (name) onOpen(name)
          }}
          onHover={(_, i) => {
            const cell = i === null ? undefined : cells[i]
            setHover(cell ? [cell.feature, cell.window] : null)
          }}
        />
      </div>
      <p className={css.told} aria-live="polite">
        {told ? <Told map={map} at={told} /> : <span>Point at a cell, or move over them with the arrow keys.</span>}
      </p>
    </div>
  )
}

const within = (value: number, last: number) => Math.min(last, Math.max(0, value))

function Told({ map, at: [i, w] }: { map: Data; at: Place }) {
  const feature = map.features[i]
  const window = map.windows[w]
  if (!feature || !window) return null
  const effect = feature.effects[w]
  const evidence = feature.evidence[w]
  const missing = feature.missingBy[w]
  const usual = feature.usual[w]
  const parts = [
    exact(window).slice(0, 16),
    effect === null || effect === undefined ? 'no rows' : `effect ${percent(effect)} of rows moved`,
    evidence === null || evidence === undefined
      ? 'evidence not sampled'
      : `evidence ${percent(evidence)} of the way to an alarm`,
    ...(missing ? [`${percent(missing)} missing`] : []),
    `n ${count(feature.n[w] ?? 0)}`,
    standingWords(feature.verdicts[w] ?? null),
    ...(usual ? [usualWords(usual)] : []),
  ]
  return (
    <>
      <b>{feature.name}</b> {parts.join(' · ')}
    </>
  )
}
