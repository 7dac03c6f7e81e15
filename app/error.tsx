'use client'

import { ErrorState } from '@/app/_ui/error-state'
import css from './error.module.css'

/** What even the frame of the console could not be read for, such as a database that is away. */
export default function RootError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <main id="main" className={css.page} tabIndex={-1}>
      <h1>Assay cannot be read just now</h1>
      <ErrorState
        what="The server failed before there was anything to show."
        kept="Nothing was lost: what cannot be stored now, Kafka keeps, and senders over HTTP are told to send again."
        act="Check that Postgres answers, then try again. The web app's log has more under the reference below."
        detail={error.digest ? `reference ${error.digest}` : error.message}
        retry={reset}
      />
    </main>
  )
}
