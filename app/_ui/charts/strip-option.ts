import type { EChartsOption } from 'echarts'
import type { Strip, StripMark } from '@/lib/view/strip'
import { measure, percent } from '../format'
import { alarmShare, alarmTimes, type Band, bands, type Domain, peak, rowTop, samplesOf, segments } from './strip'
import { label, timeAxis } from './theme'

export type StripSize = 'row' | 'figure'
/** Pixels of a figure's plot, and of the effect below it. */
export const figureHeight = 220
export const effectHeight = 72
export const rowHeight = 48

/** Pixels beside the plot. */
export const insets = { row: { left: 0, right: 0 }, figure: { left: 44, right: 12 } }

const alarmColor = (poison: boolean | undefined) => (poison ? 'var(--poison-mark)' : 'var(--alarm-mark)')
/** Fill of a band, and the line over it. */
function look(band: Band, poison: boolean): { fill: string; line: string | null } {
  if (band === 'evidence') return { fill: 'var(--evidence)', line: null }
  if (band === 'watch') return { fill: 'var(--watch-mark)', line: null }
  const color = alarmColor(poison)
  return band === 'alarm'
    ? { fill: color, line: null }
    : { fill: `color-mix(in oklch, ${color} 16%, transparent)`, line: color }
}
const symbols: Record<StripMark['kind'], string> = {
  onset: 'path://M0 0L8 5L0 10Z',
  alarm: 'circle',
  version: 'triangle',
  'label-batch': 'diamond',
  containment: 'rect',
}

/** Share at the top edge. A row keeps the line at the same height in every strip; a figure shows its peak, to four times that height. */
export function topOf(strip: Strip, size: StripSize): number {
  if (size === 'row') return rowTop
  return Math.min(4, Math.max(1.4, (peak(strip.points)?.share ?? 0) * 1.12))
}

/** Evidence over time as a share of the promise. Arrays in, option out; colours are tokens. */
export function stripOption(strip: Strip, domain: Domain, size: StripSize, effectUnit?: string): EChartsOption {
  const top = topOf(strip, size)
  const cut = segments(samplesOf(strip.points), alarmTimes(strip))
  const row = size === 'row'
  const withEffect = !row && effectUnit !== undefined
  const { left, right } = insets[size]
  return {
    animation: false,
    grid: [
      row ? { left, right, top: 2, bottom: 6 } : { left, right, top: 24, height: figureHeight - 24 - 28 },
      ...(withEffect ? [{ left, right, top: figureHeight + 16, height: effectHeight - 24 }] : []),
    ],
    xAxis: [timeAxis(domain, 0, !row), ...(withEffect ? [timeAxis(domain, 1, false)] : [])],
    yAxis: [
      {
        type: 'value',
        min: 0,
        max: top,
        interval: top > 2 ? 1 : 0.5,
        axisLabel: { ...label, show: !row, formatter: (v: number) => (v === 0 || v > top - 0.05 ? '' : percent(v)) },
        axisTick: { show: false },
        axisLine: { show: false },
        splitLine: { show: false },
      },
      ...(withEffect
        ? [
            {
              type: 'value' as const,
              gridIndex: 1,
              ...ends(strip.points.map((p) => p.effect)),
              axisLabel: { ...label, formatter: (v: number) => measure(v, 2) },
              splitLine: { lineStyle: { color: 'var(--line)' } },
            },
          ]
        : []),
    ],
    series: [
      ...kindsOfBand.map(({ band, poison }, i) => {
        const { fill, line } = look(band, poison)
        return {
          type: 'line' as const,
          name: poison ? `${band}, poison` : band,
          silent: true,
          symbol: 'none',
          connectNulls: false,
          lineStyle: line ? { width: 1, color: line } : { width: 0 },
          areaStyle: { color: fill, opacity: 1 },
          // A null between stretches keeps them apart.
          data: cut
            .filter((s) => s.band === band && (s.poison === poison || !hued(band)))
            .flatMap((s) => [...s.samples.map((p) => [p.t, Math.min(top, p.share)]), [s.samples.at(-1)?.t, null]]),
          ...(i === 0 ? { markLine: lines(strip, row), markArea: delays(strip) } : {}),
        }
      }),
      markSeries(strip, top),
      ...(withEffect
        ? [
            {
              type: 'line' as const,
              name: 'effect',
              xAxisIndex: 1,
              yAxisIndex: 1,
              symbol: 'none',
              silent: true,
              lineStyle: { color: 'var(--series-1)', width: 1.5 },
              data: strip.points.map((p) => [Date.parse(p.at), p.effect]),
            },
          ]
        : []),
    ],
  }
}

/** Alarm and held are drawn in the hue of what they are about. */
const hued = (band: Band) => band === 'alarm' || band === 'held'
const kindsOfBand = bands.flatMap((band) => (hued(band) ? [false, true] : [false]).map((poison) => ({ band, poison })))

/** The effect's own axis: its two ends, with 0 in between. */
function ends(effects: readonly number[]) {
  const [min, max] = [Math.min(0, ...effects), Math.max(0, ...effects)]
  return max > min ? { min, max, interval: max - min } : { min: 0, max: 1, interval: 1 }
}

/** From the onset to the alarm: what was affected before anyone knew. */
const delays = (strip: Strip) => ({
  silent: true,
  data: strip.marks
    .filter((m) => m.kind === 'alarm')
    .flatMap((alarm) => {
      const onset = strip.marks.find((m) => m.kind === 'onset' && m.href === alarm.href)
      const color = alarmColor(alarm.poison)
      return onset
        ? [[{ xAxis: Date.parse(onset.at), itemStyle: { color, opacity: 0.1 } }, { xAxis: Date.parse(alarm.at) }]]
        : []
    }) as [{ xAxis: number }, { xAxis: number }][],
})

/** The promise, and a rule under each alarm. */
const lines = (strip: Strip, row: boolean) => ({
  silent: true,
  symbol: 'none',
  lineStyle: { color: 'var(--ink-3)', type: 'dashed' as const, width: 1 },
  label: { show: !row, ...label, position: 'insideStartTop' as const, formatter: '100\u202f%: the promise' },
  data: [
    { yAxis: alarmShare },
    ...strip.marks
      .filter((m) => m.kind === 'alarm')
      .map((m) => {
        const style = {
          lineStyle: { color: alarmColor(m.poison), type: 'solid' as const, width: 1.5 },
          label: { show: false },
        }
        const t = Date.parse(m.at)
        return [{ coord: [t, 0], ...style }, { coord: [t, alarmShare] }] as [{ coord: number[] }, { coord: number[] }]
      }),
  ],
})

/** Alarms sit on the line they crossed; everything else stands on the ground. */
function markSeries(strip: Strip, top: number) {
  return {
    type: 'scatter' as const,
    name: 'marks',
    silent: true,
    z: 5,
    clip: false,
    data: strip.marks.map((mark) => ({
      name: mark.label,
      value: [Date.parse(mark.at), mark.kind === 'alarm' ? Math.min(alarmShare, top) : 0],
      symbol: mark.kind === 'alarm' && mark.poison ? 'diamond' : symbols[mark.kind],
      symbolSize: mark.kind === 'containment' ? [4, 12] : mark.kind === 'alarm' ? (mark.poison ? 11 : 9) : 8,
      itemStyle: {
        color: mark.kind === 'alarm' ? alarmColor(mark.poison) : 'var(--ink)',
        borderColor: 'var(--surface)',
        borderWidth: 1.5,
      },
    })),
  }
}
