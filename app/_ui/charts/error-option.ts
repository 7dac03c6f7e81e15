import type { EChartsOption } from 'echarts'
import type { Performance } from '@/lib/view/drift'
import { count, measure, rate as share } from '../format'
import { exact } from '../instant'
import { label, plot, timeAxis, tooltip } from './theme'

type Point = { readonly at: string; readonly value: number; readonly low: number; readonly high: number }

/** Error over time: realised as points with their intervals on a line, estimated as a dashed line in its band. Axis from 0 up to what is seen. */
export function errorOption({ realised, estimated, windowMs, unit }: Performance): EChartsOption {
  const times = [...realised, ...estimated].map((p) => Date.parse(p.at))
  const domain = [Math.min(...times), Math.max(...times) + windowMs] as const
  const rate = unit === 'error-rate' ? share : measure
  const at = (p: Point) => Date.parse(p.at) + windowMs / 2
  const told = new Map<number, string[]>()
  for (const p of realised)
    told.set(at(p), [`realised ${rate(p.value)} (${rate(p.low)}–${rate(p.high)}), n ${count(p.n)}`])
  for (const p of estimated)
    told.set(at(p), [...(told.get(at(p)) ?? []), `estimated ${rate(p.value)} (${rate(p.low)}–${rate(p.high)})`])
  return {
    animation: false,
    grid: plot,
    tooltip: {
      ...tooltip,
      trigger: 'axis',
      formatter: (items) => {
        const [item] = Array.isArray(items) ? items : [items]
        const time = (item?.value as number[] | undefined)?.[0] ?? 0
        return [exact(new Date(time - windowMs / 2).toISOString()), ...(told.get(time) ?? [])].join('<br>')
      },
    },
    xAxis: timeAxis(domain),
    yAxis: {
      type: 'value',
      min: 0,
      splitNumber: 3,
      axisLabel: { ...label, formatter: rate },
      splitLine: { lineStyle: { color: 'var(--line)' } },
    },
    series: [
      ...band('realised', realised, at, 'var(--series-1)', 18),
      ...band('estimated', estimated, at, 'var(--series-2)', 14),
      line('realised', realised, at, 'var(--series-1)', 'solid'),
      line('estimated', estimated, at, 'var(--series-2)', 'dashed'),
    ],
  }
}

const line = (
  name: string,
  points: readonly Point[],
  at: (p: Point) => number,
  color: string,
  type: 'solid' | 'dashed',
) => ({
  type: 'line' as const,
  name,
  showSymbol: points.length < 40,
  symbol: 'circle',
  symbolSize: 4,
  itemStyle: { color },
  lineStyle: { color, width: 1.5, type },
  data: points.map((p) => [at(p), p.value]),
})

/** An interval as two stacked lines, the upper one filled. */
const band = (name: string, points: readonly Point[], at: (p: Point) => number, color: string, mix: number) =>
  [
    { part: 'low', value: (p: Point) => p.low },
    { part: 'width', value: (p: Point) => p.high - p.low },
  ].map(({ part, value }) => ({
    type: 'line' as const,
    name: `${name} ${part}`,
    stack: `${name} interval`,
    stackStrategy: 'all' as const,
    symbol: 'none',
    silent: true,
    lineStyle: { width: 0 },
    ...(part === 'width'
      ? { areaStyle: { color: `color-mix(in oklch, ${color} ${mix}%, transparent)`, opacity: 1 } }
      : {}),
    data: points.map((p) => [at(p), value(p)]),
  }))
