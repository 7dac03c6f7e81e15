'use client'

import { type PointerEvent, type ReactNode, useRef, useState } from 'react'
import css from './brush.module.css'
import type { Domain } from './strip'

interface Props {
  domain: Domain
  /** Pixels of the chart that are not plot. */
  inset: { left: number; right: number }
  onRange: (from: number, to: number) => void
  children: ReactNode
}

/** Less is a click, not a stretch of time. */
const leastPixels = 6

/** Drag over a chart to choose a stretch of time. Under a thumb a drag scrolls the page: the range picker does the same there, and by keyboard. */
export function Brush({ domain, inset, onRange, children }: Props) {
  const box = useRef<HTMLDivElement>(null)
  const [drag, setDrag] = useState<{ from: number; to: number } | null>(null)

  const place = (event: PointerEvent) => {
    const at = box.current?.getBoundingClientRect()
    if (!at) return 0
    return Math.min(at.width - inset.right, Math.max(inset.left, event.clientX - at.left))
  }
  function finish() {
    const width = (box.current?.clientWidth ?? 0) - inset.left - inset.right
    setDrag(null)
    if (!drag || width <= 0 || Math.abs(drag.to - drag.from) < leastPixels) return
    const [from, to] = [Math.min(drag.from, drag.to), Math.max(drag.from, drag.to)].map((x) =>
      timeAt(x - inset.left, width, domain),
    )
    if (from !== undefined && to !== undefined) onRange(from, to)
  }
  return (
    <div
      ref={box}
      className={css.brush}
      onPointerDown={(event) => {
        if (event.pointerType === 'touch' || event.button !== 0) return
        event.currentTarget.setPointerCapture(event.pointerId)
        setDrag({ from: place(event), to: place(event) })
      }}
      onPointerMove={(event) => drag && setDrag({ ...drag, to: place(event) })}
      onPointerUp={finish}
      onPointerCancel={() => setDrag(null)}
    >
      {children}
      {drag && (
        <span
          className={css.chosen}
          style={{ left: Math.min(drag.from, drag.to), width: Math.abs(drag.to - drag.from) }}
        />
      )}
    </div>
  )
}

/** Pixels from the plot's left edge → milliseconds since 1970 UTC. */
export const timeAt = (x: number, width: number, [from, to]: Domain): number =>
  Math.round(from + (x / width) * (to - from))
