import type { Metadata } from 'next'
import { Hydrate } from '@/app/_data/hydrate'
import { queries } from '@/app/_data/queries'
import { pageContext } from '@/app/_data/read'
import { one } from '@/app/_ui/range'
import { listIncidents } from '@/lib/incident/list'
import { Incidents } from './incidents'
import { incidentStatus } from './status'

export const metadata: Metadata = { title: 'Incidents' }

export default async function IncidentsPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}) {
  const status = incidentStatus(one((await searchParams).status))
  const ctx = await pageContext()
  return (
    <Hydrate data={[[queries.incidents(status).queryKey, await listIncidents(ctx, status ? { status } : {})]]}>
      <Incidents />
    </Hydrate>
  )
}
