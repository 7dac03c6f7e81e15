import type { EChartsOption } from 'echarts'
import type { FeatureDetail } from '@/lib/view/drift'
import { exact } from '../instant'
import { label, plot, timeAxis, tooltip } from './theme'
import { deviations, usualWords } from './usual-words'

type Usual = NonNullable<FeatureDetail['usual']>
type Point = Usual['points'][number]

/** Changes of a feature that is never at rest: a line in the calm band of its usual ones; dashed, either way, the greatest that it ever made by itself. */
export function usualOption({ points, windowMs }: Usual): EChartsOption {
  const at = points.map((p) => Date.parse(p.at) + windowMs / 2)
  const series = (value: (p: Point) => number) => points.map((p, i) => [at[i] as number, value(p)])
  const line = (name: string, value: (p: Point) => number, style: object) => ({
    type: 'line' as const,
    name,
    symbol: 'none',
    silent: true,
    data: series(value),
    ...style,
  })
  const dashed = { lineStyle: { color: 'var(--ink-3)', width: 1, type: 'dashed' as const } }
  const band = { stack: 'usual', stackStrategy: 'all' as const, lineStyle: { width: 0 } }
  return {
    animation: false,
    grid: plot,
    tooltip: {
      ...tooltip,
      trigger: 'axis',
      formatter: (items) => {
        const p = points[(Array.isArray(items) ? items[0] : items)?.dataIndex ?? 0]
        return p ? `${exact(p.at)}<br>${usualWords(p)}<br>the greatest before ${deviations(p.record)}` : ''
      },
    },
    xAxis: timeAxis([Date.parse(points[0]?.at ?? '') || 0, Date.parse(points.at(-1)?.at ?? '') + windowMs || 1]),
    yAxis: {
      type: 'value',
      splitNumber: 3,
      axisLabel: { ...label, formatter: (value: number) => deviations(value).replace(' σ', '') },
      splitLine: { lineStyle: { color: 'var(--line)' } },
    },
    series: [
      line('usual from', (p) => p.low, band),
      line('usual', (p) => p.high - p.low, {
        ...band,
        areaStyle: { color: 'color-mix(in oklch, var(--ok) 18%, transparent)', opacity: 1 },
      }),
      line('greatest rise', (p) => p.record, dashed),
      line('greatest fall', (p) => -p.record, dashed),
      line('change', (p) => p.change, { lineStyle: { color: 'var(--series-1)', width: 1.5 }, silent: false }),
    ],
  }
}
