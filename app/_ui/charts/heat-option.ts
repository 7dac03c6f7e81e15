import type { CustomSeriesOption, EChartsOption } from 'echarts'
import type { HeatMap } from '@/lib/view/types'
import { count, percent } from '../format'
import { exact } from '../instant'
import { escapeHtml, timeAxis, tooltip } from './theme'

export const heatRow = 24
export const heatAxis = 28
const steps = 7
/** Effects at and above this take the last colour: a distance of .5 is a world apart already. */
const fullEffect = 0.5

/** 0 to 6: which step of the ramp an effect takes; the square root spreads the small ones. */
export const heatStep = (effect: number): number =>
  Math.min(steps - 1, Math.floor(Math.sqrt(Math.min(1, Math.max(0, effect) / fullEffect)) * steps))

/** How sure: a feature without evidence is shown pale, one half way to its alarm fully. */
export const heatOpacity = (share: number): number => 0.45 + 0.55 * Math.min(1, Math.max(0, share) * 2)

export interface HeatCell {
  feature: number
  window: number
  effect: number
  n: number
}

export const cellsOf = (map: HeatMap): HeatCell[] =>
  map.features.flatMap((f, feature) =>
    f.effects.flatMap((effect, window) => (effect === null ? [] : [{ feature, window, effect, n: f.n[window] ?? 0 }])),
  )

/** One row a feature, worst first from the top; one column a window. */
export function heatOption(map: HeatMap): EChartsOption {
  const cells = cellsOf(map)
  const starts = map.windows.map((w) => Date.parse(w))
  const domain = [starts[0] ?? 0, (starts.at(-1) ?? 0) + map.windowMs] as const
  const renderItem: CustomSeriesOption['renderItem'] = (_, api) => {
    const cell = cells[api.value(2) as number]
    const start = starts[cell?.window ?? 0]
    if (!cell || start === undefined) return null
    const [left, top] = api.coord([start, cell.feature]) as [number, number]
    const [right] = api.coord([start + map.windowMs, cell.feature]) as [number, number]
    const gap = right - left > 4 ? 1 : 0
    return {
      type: 'rect',
      shape: { x: left, y: top - heatRow / 2 + 1, width: Math.max(1, right - left - gap), height: heatRow - 2 },
      style: {
        fill: `var(--heat-${heatStep(cell.effect)})`,
        opacity: heatOpacity(map.features[cell.feature]?.share ?? 0),
      },
    }
  }
  return {
    animation: false,
    grid: { left: 0, right: 0, top: 0, bottom: heatAxis },
    tooltip: {
      ...tooltip,
      trigger: 'item',
      formatter: (item) => {
        const cell = cells[(Array.isArray(item) ? item[0] : item)?.dataIndex ?? 0]
        const feature = map.features[cell?.feature ?? 0]
        if (!cell || !feature) return ''
        return `<b>${escapeHtml(feature.name)}</b><br>${exact(map.windows[cell.window] ?? '')}<br>effect ${percent(cell.effect)} of rows moved, n ${count(cell.n)}<br>evidence ${percent(feature.share)} of the way to an alarm`
      },
    },
    xAxis: timeAxis(domain),
    yAxis: { type: 'value', min: -0.5, max: map.features.length - 0.5, inverse: true, show: false },
    series: [
      {
        type: 'custom',
        renderItem,
        encode: { x: 0, y: 1 },
        data: cells.map((c, i) => [starts[c.window] as number, c.feature, i]),
      },
    ],
  }
}
