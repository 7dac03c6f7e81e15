import type { EChartsOption } from 'echarts'
import type { FeatureDetail } from '@/lib/view/drift'
import { count, edge, measure } from '../format'
import { exact } from '../instant'
import { label, plot, timeAxis, tooltip } from './theme'

type Ribbon = FeatureDetail['ribbon']

/** Quantiles over time: 5–95 % as a pale band, 25–75 % as a darker one, the median as a line. */
export function ribbonOption(ribbon: Ribbon, calm: FeatureDetail['calm'] = null): EChartsOption {
  const at = ribbon.map((r) => Date.parse(r.at))
  const band = (name: string, low: (r: Ribbon[number]) => number, high: (r: Ribbon[number]) => number, mix: number) => [
    line(
      `${name} from`,
      name,
      ribbon.map((r, i) => [at[i] as number, low(r)]),
    ),
    {
      ...line(
        name,
        name,
        ribbon.map((r, i) => [at[i] as number, high(r) - low(r)]),
      ),
      areaStyle: { color: `color-mix(in oklch, var(--series-1) ${mix}%, transparent)`, opacity: 1 },
    },
  ]
  return {
    animation: false,
    grid: plot,
    tooltip: {
      ...tooltip,
      trigger: 'axis',
      formatter: (items) => {
        const r = ribbon[(Array.isArray(items) ? items[0] : items)?.dataIndex ?? 0]
        return r
          ? `${exact(r.at)}<br>median ${measure(r.q50)}<br>25–75 % ${measure(r.q25)} to ${measure(r.q75)}<br>5–95 % ${measure(r.q05)} to ${measure(r.q95)}<br>n ${count(r.n)}`
          : ''
      },
    },
    xAxis: timeAxis([at[0] ?? 0, at.at(-1) ?? 1]),
    yAxis: {
      type: 'value',
      scale: true,
      splitNumber: 3,
      axisLabel: { ...label, formatter: edge },
      splitLine: { lineStyle: { color: 'var(--line)' } },
    },
    series: [
      ...band(
        'outer',
        (r) => r.q05,
        (r) => r.q95,
        14,
      ),
      ...band(
        'inner',
        (r) => r.q25,
        (r) => r.q75,
        26,
      ),
      {
        type: 'line',
        name: 'median',
        symbol: 'none',
        silent: true,
        lineStyle: { color: 'var(--series-1)', width: 1.5 },
        ...(calm ? { markArea: calmArea(calm) } : {}),
        data: ribbon.map((r, i) => [at[i] as number, r.q50]),
      },
    ],
  }
}

/** Where the median usually is: what leaves this band is more than its usual wander. */
const calmArea = ({ low, high }: NonNullable<FeatureDetail['calm']>) => ({
  silent: true,
  label: { show: false },
  itemStyle: { color: 'color-mix(in oklch, var(--ok) 12%, transparent)', borderColor: 'var(--ok)', borderWidth: 0.5 },
  data: [[{ yAxis: low }, { yAxis: high }] as [{ yAxis: number }, { yAxis: number }]],
})

/** A band is two stacked lines; `all` stacks below zero too. */
const line = (name: string, stack: string, data: number[][]) => ({
  type: 'line' as const,
  name,
  stack,
  stackStrategy: 'all' as const,
  symbol: 'none',
  silent: true,
  lineStyle: { width: 0 },
  data,
})
