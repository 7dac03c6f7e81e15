import { tick, ticks } from '../instant'
import type { Domain } from './strip'

/** What every chart shares: type, hairlines, time axis, tooltip. */
export const font = { fontFamily: 'var(--sans)', fontSize: 12 }
export const label = { ...font, color: 'var(--ink-3)' }

/** Where a chart with labelled axes draws, in pixels from the edges. */
export const plot = { left: 44, right: 12, top: 12, bottom: 28 }

export const timeAxis = (domain: Domain, gridIndex = 0, show = true) => ({
  type: 'time' as const,
  gridIndex,
  min: domain[0],
  max: domain[1],
  axisLine: { lineStyle: { color: 'var(--line-2)' }, onZero: false },
  axisTick: { show, lineStyle: { color: 'var(--line-2)' }, length: 4, customValues: ticks(domain[0], domain[1]) },
  axisLabel: {
    ...label,
    show,
    // A label at the very end would be cut off, or push the plot out of line with the brush.
    customValues: ticks(domain[0], domain[1]).filter((t) => domain[1] - t > 0.03 * (domain[1] - domain[0])),
    hideOverlap: true,
    // Two dates that touch read as one.
    padding: [0, 6],
    formatter: (value: number) => tick(value, domain[1] - domain[0]),
  },
  splitLine: { show: false },
  axisPointer: {
    show: true,
    type: 'line' as const,
    snap: false,
    lineStyle: { color: 'var(--ink-2)', width: 1, type: 'solid' as const },
    label: { show: false },
  },
})

export const tooltip = {
  confine: true,
  transitionDuration: 0,
  backgroundColor: 'var(--raised)',
  borderColor: 'var(--line-2)',
  borderWidth: 1,
  padding: [8, 10],
  textStyle: { ...font, color: 'var(--ink)' },
  extraCssText:
    'box-shadow: var(--shadow); border-radius: 6px; font-variant-numeric: tabular-nums; max-width: 320px; white-space: normal',
}

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
/** Names come from events, which anyone may send: nothing of them reaches a tooltip as markup. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (c) => escapes[c] as string)
