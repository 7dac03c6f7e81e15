'use client'

import { Screen } from '@/app/_shell/screen'
import { ErrorState } from '@/app/_ui/error-state'

export default function ConsoleError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <Screen title="This screen could not be read">
      <ErrorState
        what="The server failed while it read this screen."
        kept="Nothing was lost: events keep arriving and are stored apart from what is shown here."
        act="Try again. If it fails again, look in the web app's log for the reference below and check that Postgres answers."
        detail={error.digest ? `reference ${error.digest}` : error.message}
        retry={reset}
      />
    </Screen>
  )
}
