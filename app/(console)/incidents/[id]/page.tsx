import { Hydrate } from '@/app/_data/hydrate'
import { queries } from '@/app/_data/queries'
import { orNotFound, pageContext, personOf } from '@/app/_data/read'
import { readIncident } from '@/lib/incident/read'
import { Incident } from './incident'

export const metadata = { title: 'Incident' }

export default async function IncidentPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params
  const ctx = await pageContext()
  const incident = await orNotFound(readIncident(ctx, { id }))
  return (
    <Hydrate data={[[queries.incident(id).queryKey, incident]]}>
      <Incident id={id} me={personOf(ctx)} />
    </Hydrate>
  )
}
