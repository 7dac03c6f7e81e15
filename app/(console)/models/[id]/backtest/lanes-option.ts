import type { CustomSeriesOption, EChartsOption } from 'echarts'
import { escapeHtml, label, timeAxis, tooltip } from '@/app/_ui/charts/theme'
import { exact } from '@/app/_ui/instant'
import type { BacktestDetail } from '@/lib/view/backtest'
import { duration } from './duration'

type Result = NonNullable<BacktestDetail['result']>

/** Pixels a row of alarms. */
export const laneHeight = 16
/** Rows that alarms of one lane are spread over, so that bars do not cover one another. */
const maxRows = 12

export interface Bar {
  from: number
  to: number
  row: number
  both: boolean
  why: string
  poison: boolean
}
export interface Lanes {
  bars: Bar[]
  /** Rows of this run, and of live. */
  ours: number
  theirs: number
}

/** Bars in rows, the first that is free at their onset; when all are taken, the last one is shared. */
export function lanesOf({ alarms, live, fromAt, toAt }: Result): Lanes {
  const apart = (Date.parse(toAt) - Date.parse(fromAt)) / 80
  const place = (all: readonly { onsetAt: string; firedAt: string; why: string; kind: string; both: boolean }[]) => {
    const free: number[] = []
    return [...all]
      .sort((a, b) => Date.parse(a.onsetAt) - Date.parse(b.onsetAt))
      .map(({ onsetAt, firedAt, why, kind, both }) => {
        const from = Date.parse(onsetAt)
        const to = Math.max(from, Date.parse(firedAt))
        const open = free.findIndex((end) => end <= from)
        const row = open >= 0 ? open : Math.min(free.length, maxRows - 1)
        free[row] = Math.max(free[row] ?? 0, to + apart)
        return { from, to, row, both, why, poison: kind.startsWith('poison.') }
      })
  }
  const here = place(alarms.map((a) => ({ ...a, both: a.alertId !== null })))
  const there = place(live.map((a) => ({ ...a, both: a.found })))
  const rows = (bars: readonly Bar[]) => Math.max(2, ...bars.map((bar) => bar.row + 1))
  const [ours, theirs] = [rows(here), rows(there)]
  // This run's first row is the one next to the middle.
  return {
    bars: [
      ...here.map((bar) => ({ ...bar, row: ours - 1 - bar.row })),
      ...there.map((bar) => ({ ...bar, row: ours + bar.row })),
    ],
    ours,
    theirs,
  }
}

export function lanesOption({ bars, ours, theirs }: Lanes, { fromAt, toAt }: Result): EChartsOption {
  const domain = [Date.parse(fromAt), Date.parse(toAt)] as const
  const renderItem: CustomSeriesOption['renderItem'] = (_, api) => {
    const bar = bars[api.value(2) as number]
    if (!bar) return null
    const [left, y] = api.coord([bar.from, bar.row]) as [number, number]
    const [right] = api.coord([bar.to, bar.row]) as [number, number]
    const color = bar.poison ? 'var(--poison-mark)' : 'var(--alarm-mark)'
    return {
      type: 'group',
      children: [
        {
          type: 'rect',
          shape: { x: left, y: y - 1.5, width: Math.max(1, right - left), height: 3 },
          style: { fill: color, opacity: 0.45 },
        },
        {
          type: 'circle',
          shape: { cx: right, cy: y, r: 4.5 },
          style: bar.both ? { fill: color } : { fill: 'var(--surface)', stroke: color, lineWidth: 1.75 },
        },
      ],
    }
  }
  return {
    animation: false,
    grid: { left: 6, right: 10, top: 4, bottom: 32 },
    tooltip: {
      ...tooltip,
      trigger: 'item',
      formatter: (item) => {
        const bar = bars[(Array.isArray(item) ? item[0] : item)?.dataIndex ?? 0]
        if (!bar) return ''
        const who = `${bar.row < ours ? 'this run' : 'live'}${bar.both ? ', and the other too' : ' alone'}`
        return `<b>${escapeHtml(bar.why)}</b><br>onset ${exact(new Date(bar.from).toISOString())}<br>alarm ${exact(new Date(bar.to).toISOString())}, ${duration(bar.to - bar.from)} later<br>${who}`
      },
    },
    xAxis: { ...timeAxis(domain), axisLabel: { ...timeAxis(domain).axisLabel, ...label } },
    yAxis: { type: 'value', min: -0.5, max: ours + theirs - 0.5, inverse: true, show: false },
    series: [
      {
        type: 'custom',
        renderItem,
        encode: { x: [0, 3], y: 1 },
        data: bars.map((bar, i) => [bar.from, bar.row, i, bar.to]),
        markLine: {
          silent: true,
          symbol: 'none',
          label: { show: false },
          lineStyle: { color: 'var(--line-2)', type: 'solid', width: 1 },
          data: [{ yAxis: ours - 0.5 }],
        },
      },
    ],
  }
}
