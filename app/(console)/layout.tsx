import { cookies } from 'next/headers'
import type { ReactNode } from 'react'
import { Hydrate } from '@/app/_data/hydrate'
import { DataProvider } from '@/app/_data/provider'
import { queries } from '@/app/_data/queries'
import { pageContext, personOf } from '@/app/_data/read'
import { TopBar } from '@/app/_shell/top-bar'
import { parseTheme, themeCookie } from '@/app/_ui/theme-choice'
import { ToastProvider } from '@/app/_ui/toast'
import { listAlerts } from '@/lib/alert/list'
import { listIncidents } from '@/lib/incident/list'
import { listTasks } from '@/lib/task/list'

/** What every screen of the console shares; reading it demands a session. */
export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const ctx = await pageContext()
  const theme = parseTheme((await cookies()).get(themeCookie)?.value)
  const [alerts, incidents, tasks] = await Promise.all([
    listAlerts(ctx, { status: 'firing' }),
    listIncidents(ctx, { status: 'open' }),
    listTasks(ctx, { state: 'open' }),
  ])
  return (
    <DataProvider>
      <Hydrate
        data={[
          [queries.alerts({ status: 'firing' }).queryKey, alerts],
          [queries.incidents('open').queryKey, incidents],
          [queries.tasks('open').queryKey, tasks],
        ]}
      >
        <ToastProvider>
          <TopBar theme={theme} person={personOf(ctx)} />
          {children}
        </ToastProvider>
      </Hydrate>
    </DataProvider>
  )
}
