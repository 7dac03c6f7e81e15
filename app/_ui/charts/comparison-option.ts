import type { EChartsOption } from 'echarts'
import type { Comparison } from '@/lib/alert/finding'
import { edge, percent } from '../format'
import { escapeHtml, label, plot, tooltip } from './theme'

/** Counts → shares of their own total, so that a long reference and a short current compare. */
export function shares(counts: readonly number[]): number[] {
  const total = counts.reduce((a, b) => a + b, 0)
  return counts.map((c) => (total > 0 ? c / total : 0))
}

/** A bin in words: its name, or where it begins. */
export const binName = (bin: number | string): string => (typeof bin === 'number' ? edge(bin) : bin)

/** What of the current mass lies where the reference has none of it: half the sum of differences, 0 to 1. */
export const apart = (c: Comparison): number => {
  const [reference, current] = [shares(c.reference), shares(c.current)]
  return reference.reduce((sum, r, i) => sum + Math.abs(r - (current[i] ?? 0)), 0) / 2
}

/** Reference as a grey ground, current over it as an outline: where they part is what moved. */
export function comparisonOption(c: Comparison): EChartsOption {
  const [reference, current] = [shares(c.reference), shares(c.current)]
  const many = c.bins.length > 12
  return {
    animation: false,
    grid: plot,
    tooltip: {
      ...tooltip,
      trigger: 'axis',
      axisPointer: { type: 'shadow', shadowStyle: { color: 'color-mix(in oklch, var(--ink) 6%, transparent)' } },
      formatter: (items) => {
        const at = (Array.isArray(items) ? items[0] : items)?.dataIndex ?? 0
        return `<b>${escapeHtml(binName(c.bins[at] ?? ''))}</b><br>reference ${percent(reference[at] ?? 0)}<br>current ${percent(current[at] ?? 0)}`
      },
    },
    xAxis: {
      type: 'category',
      data: c.bins.map(binName),
      axisTick: { show: false },
      axisLine: { lineStyle: { color: 'var(--line-2)' } },
      axisLabel: { ...label, hideOverlap: true, interval: many ? 'auto' : 0, width: 88, overflow: 'truncate' },
    },
    yAxis: {
      type: 'value',
      splitNumber: 3,
      axisLabel: { ...label, formatter: percent },
      splitLine: { lineStyle: { color: 'var(--line)' } },
    },
    series: [
      {
        type: 'bar',
        name: 'reference',
        data: reference,
        barCategoryGap: c.unit === 'numeric' ? '4%' : '28%',
        itemStyle: { color: 'var(--reference)' },
        emphasis: { disabled: true },
      },
      {
        type: 'bar',
        name: 'current',
        data: current,
        barGap: '-100%',
        z: 3,
        itemStyle: {
          color: 'color-mix(in oklch, var(--series-1) 22%, transparent)',
          borderColor: 'var(--series-1)',
          borderWidth: 1.5,
        },
        emphasis: { disabled: true },
      },
    ],
  }
}
