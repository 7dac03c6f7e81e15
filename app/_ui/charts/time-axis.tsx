import { tick, ticks } from '../instant'
import type { Domain } from './strip'
import css from './time-axis.module.css'

/** The one axis under a stack of strips: round moments, each where it is. */
export function TimeAxis({ domain: [from, to] }: { domain: Domain }) {
  return (
    <div className={css.axis} aria-hidden="true">
      {ticks(from, to).map((t) => {
        const left = ((t - from) / (to - from)) * 100
        return (
          <span key={t} style={{ left: `${left}%` }} data-end={left < 6 ? 'first' : left > 94 ? 'last' : undefined}>
            {tick(t, to - from)}
          </span>
        )
      })}
    </div>
  )
}
