import { Hydrate } from '@/app/_data/hydrate'
import { queries } from '@/app/_data/queries'
import { orNotFound, pageContext, personOf } from '@/app/_data/read'
import { readAlert } from '@/lib/alert/read'
import { Alert } from './alert'

export const metadata = { title: 'Alert' }

export default async function AlertPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params
  const ctx = await pageContext()
  const alert = await orNotFound(readAlert(ctx, { id }))
  return (
    <Hydrate data={[[queries.alert(id).queryKey, alert]]}>
      <Alert id={id} me={personOf(ctx)} />
    </Hydrate>
  )
}
