'use client'

import type { EChartsOption, EChartsType } from 'echarts'
import { useEffect, useRef } from 'react'
import css from './chart.module.css'

export interface ChartProps {
  option: EChartsOption
  height: number
  /** What is seen, in one sentence. */
  label: string
  /** Charts of one group share their cursor. */
  group?: string
  onCursor?: (t: number | null) => void
  onPick?: (seriesIndex: number, dataIndex: number) => void
  /** What the pointer is over; null: nothing any more. */
  onHover?: (seriesIndex: number, dataIndex: number | null) => void
}

/** Owns size, redraw and the accessible name of a chart; knows nothing of what it shows. */
export function Chart({ option, height, label, group, onCursor, onPick, onHover }: ChartProps) {
  const box = useRef<HTMLDivElement>(null)
  const chart = useRef<EChartsType | null>(null)
  const handlers = useRef({ onCursor, onPick, onHover })
  handlers.current = { onCursor, onPick, onHover }
  const latest = useRef(option)
  latest.current = option

  useEffect(() => {
    const node = box.current
    if (!node) return
    let gone = false
    const watch = new ResizeObserver(() => chart.current?.resize())
    import('./echarts').then(({ init, connect }) => {
      if (gone) return
      const made = init(node, null, { renderer: 'svg' })
      chart.current = made
      made.setOption(latest.current)
      if (group) {
        made.group = group
        connect(group)
      }
      listen(made, handlers)
      watch.observe(node)
      node.dataset.drawn = 'true'
    })
    return () => {
      gone = true
      watch.disconnect()
      chart.current?.dispose()
      chart.current = null
    }
  }, [group])

  useEffect(() => {
    chart.current?.setOption(option, { notMerge: true })
  }, [option])

  return <div ref={box} className={css.chart} style={{ height }} role="img" aria-label={label} data-chart />
}

type Handlers = { current: { [K in 'onCursor' | 'onPick' | 'onHover']: ChartProps[K] | undefined } }

function listen(made: EChartsType, handlers: Handlers) {
  made.on('updateAxisPointer', (event) => {
    const axis = (event as { axesInfo?: { value: number }[] }).axesInfo?.[0]
    handlers.current.onCursor?.(axis ? axis.value : null)
  })
  made.getZr().on('globalout', () => {
    handlers.current.onCursor?.(null)
    handlers.current.onHover?.(0, null)
  })
  made.on('mouseover', (event) => handlers.current.onHover?.(event.seriesIndex ?? 0, event.dataIndex ?? null))
  made.on('click', (event) => handlers.current.onPick?.(event.seriesIndex ?? 0, event.dataIndex))
}
