import type { CustomSeriesOption, EChartsOption } from 'echarts'
import type { HeatMap, UsualChange } from '@/lib/view/drift'
import { timeAxis } from './theme'

export const heatRow = 24
export const heatAxis = 28
const steps = 7
/** Effects at and above this take the last colour: a distance of .5 is a world apart already. */
const fullEffect = 0.5
/** Evidence takes the last colour a little past its alarm. */
const fullEvidence = 1.2

export const measures = ['effect', 'evidence', 'missing'] as const
export type Measure = (typeof measures)[number]

/** 0 to 6: which step of the ramp an effect takes; the square root spreads the small ones. */
export const heatStep = (effect: number): number =>
  Math.min(steps - 1, Math.floor(Math.sqrt(Math.min(1, Math.max(0, effect) / fullEffect)) * steps))

/** Evidence is on a scale of its own already: even steps. */
const evidenceStep = (share: number): number =>
  Math.min(steps - 1, Math.floor(Math.min(1, Math.max(0, share) / fullEvidence) * steps))

/** How sure: a feature without evidence is shown pale, one half way to its alarm fully. */
export const heatOpacity = (share: number): number => 0.45 + 0.55 * Math.min(1, Math.max(0, share) * 2)

const leastCalm = 0.16

/** A feature that is never at rest, in a window in which it changed as usual: calm, a little less so towards the ends of its band. */
export function calmOpacity(usual: UsualChange | null | undefined): number {
  if (!usual) return leastCalm
  const { change, low, high } = usual
  const end = change < 0 ? -low : high
  return leastCalm + 0.24 * Math.min(1, end > 0 ? Math.abs(change) / end : 1)
}

export interface HeatCell {
  feature: number
  window: number
  value: number
}

const lists = { effect: 'effects', evidence: 'evidence', missing: 'missingBy' } as const

export const cellsOf = (map: HeatMap, measure: Measure = 'effect'): HeatCell[] =>
  map.features.flatMap((f, feature) =>
    f[lists[measure]].flatMap((value, window) => (value === null ? [] : [{ feature, window, value }])),
  )

/** Verdicts of alerts, as against what is only near one: their windows carry a mark. */
export const alarmed = (verdict: HeatMap['features'][number]['verdicts'][number]): boolean =>
  verdict !== null && !['steady', 'watch', 'small', 'wanders', 'insufficient-data'].includes(verdict)

/** One row a feature, worst first from the top; one column a window. `at`: the cell under the keys. */
export function heatOption(map: HeatMap, measure: Measure = 'effect', at: readonly [number, number] | null = null) {
  const cells = cellsOf(map, measure)
  const starts = map.windows.map((w) => Date.parse(w))
  const domain = [starts[0] ?? 0, (starts.at(-1) ?? 0) + map.windowMs] as const
  const step = measure === 'evidence' ? evidenceStep : heatStep
  const place = (
    api: Parameters<NonNullable<CustomSeriesOption['renderItem']>>[1],
    window: number,
    feature: number,
  ) => {
    const start = starts[window] ?? 0
    const [left, top] = api.coord([start, feature]) as [number, number]
    const [right] = api.coord([start + map.windowMs, feature]) as [number, number]
    return { x: left, y: top - heatRow / 2 + 1, width: Math.max(1, right - left), height: heatRow - 2 }
  }
  const renderCell: CustomSeriesOption['renderItem'] = (_, api) => {
    const cell = cells[api.value(2) as number]
    const feature = map.features[cell?.feature ?? 0]
    if (!cell || !feature) return null
    const box = place(api, cell.window, cell.feature)
    const shape = { ...box, width: Math.max(1, box.width - (box.width > 4 ? 1 : 0)) }
    const usual = feature.usual[cell.window]
    const calm = measure === 'effect' && feature.verdicts[cell.window] === 'wanders'
    const sure = measure === 'effect' ? heatOpacity(feature.evidence[cell.window] ?? 0) : 1
    const mark = alarmed(feature.verdicts[cell.window] ?? null) && {
      type: 'rect' as const,
      shape: { ...shape, y: shape.y + shape.height - 3, height: 3 },
      style: { fill: 'var(--alarm-mark)' },
    }
    return {
      type: 'group',
      children: [
        {
          type: 'rect',
          shape,
          style: calm
            ? { fill: 'var(--ok)', opacity: calmOpacity(usual) }
            : { fill: `var(--heat-${step(cell.value)})`, opacity: sure },
        },
        ...(mark ? [mark] : []),
      ],
    }
  }
  const renderCursor: CustomSeriesOption['renderItem'] = (_, api) =>
    at && {
      type: 'rect',
      shape: place(api, at[1], at[0]),
      style: { fill: 'transparent', stroke: 'var(--ink)', lineWidth: 2 },
    }
  return {
    animation: false,
    grid: { left: 0, right: 0, top: 0, bottom: heatAxis },
    xAxis: timeAxis(domain),
    yAxis: { type: 'value', min: -0.5, max: map.features.length - 0.5, inverse: true, show: false },
    series: [
      {
        type: 'custom',
        renderItem: renderCell,
        encode: { x: 0, y: 1 },
        data: cells.map((c, i) => [starts[c.window] as number, c.feature, i]),
      },
      {
        type: 'custom',
        renderItem: renderCursor,
        silent: true,
        encode: { x: 0, y: 1 },
        data: at ? [[starts[at[1]] ?? 0, at[0], 0]] : [],
      },
    ],
  } satisfies EChartsOption
}
