import { tick } from '../instant'
import type { Domain } from './strip'
import css from './time-axis.module.css'

const marks = [0, 0.25, 0.5, 0.75, 1]

/** The one axis under a stack of strips. */
export function TimeAxis({ domain: [from, to] }: { domain: Domain }) {
  return (
    <div className={css.axis} aria-hidden="true">
      {marks.map((share) => (
        <span
          key={share}
          style={{ left: `${share * 100}%` }}
          data-end={share === 0 ? 'first' : share === 1 ? 'last' : undefined}
        >
          {tick(from + share * (to - from), to - from)}
        </span>
      ))}
    </div>
  )
}
