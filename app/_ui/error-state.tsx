'use client'

import { Button } from './button'
import css from './error-state.module.css'
import { StatusIcon } from './status-icon'

/** What happened, what was kept, what to do. */
export function ErrorState({
  what,
  kept,
  act,
  detail,
  retry,
}: {
  what: string
  kept: string
  act: string
  detail?: string
  retry?: () => void
}) {
  return (
    <section className={css.error} role="alert">
      <h2>
        <StatusIcon kind="alarm" /> {what}
      </h2>
      <p>{kept}</p>
      <p>{act}</p>
      {detail && <pre className={css.detail}>{detail}</pre>}
      {retry && <Button onClick={retry}>Try again</Button>}
    </section>
  )
}
