import type { Metadata } from 'next'
import { Hydrate } from '@/app/_data/hydrate'
import { queries } from '@/app/_data/queries'
import { pageContext } from '@/app/_data/read'
import { one } from '@/app/_ui/range'
import { listAlerts } from '@/lib/alert/list'
import { Alerts } from './alerts'
import { alertFilter } from './filter'

export const metadata: Metadata = { title: 'Alerts' }

export default async function AlertsPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}) {
  const search = await searchParams
  const filter = alertFilter({
    status: one(search.status),
    model: one(search.model),
    kind: one(search.kind),
    cursor: one(search.cursor),
  })
  const ctx = await pageContext()
  return (
    <Hydrate data={[[queries.alerts(filter).queryKey, await listAlerts(ctx, filter)]]}>
      <Alerts />
    </Hydrate>
  )
}
