'use client'

import { exact, relative } from './instant'
import { useNow } from './now'
import css from './time.module.css'

/** An instant: relative, exact with its zone on hover and in print. */
export function Time({ at, empty = '–' }: { at: string | null; empty?: string }) {
  const now = useNow()
  if (!at) return <span>{empty}</span>
  const whole = exact(at)
  return (
    <time dateTime={at} title={whole} className={css.time}>
      <span className={css.relative}>{relative(at, now)}</span>
      <span className={css.exact} aria-hidden="true">
        {whole}
      </span>
    </time>
  )
}
