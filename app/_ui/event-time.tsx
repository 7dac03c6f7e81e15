'use client'

import { exact, place } from './instant'
import { useNow } from './now'
import css from './time.module.css'

/** An instant of event time: a place in the data's own calendar, told apart from what happened here, which is told relative to now (Time). */
export function EventTime({ at, empty = '–' }: { at: string | null; empty?: string }) {
  const now = useNow()
  if (!at) return <span>{empty}</span>
  const whole = exact(at)
  return (
    <time dateTime={at} title={`event time ${whole}`} className={css.time}>
      <span className={css.relative}>{place(at, now)}</span>
      <span className={css.exact} aria-hidden="true">
        {whole}
      </span>
    </time>
  )
}
