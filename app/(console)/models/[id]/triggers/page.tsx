import type { Metadata } from 'next'
import { Hydrate } from '@/app/_data/hydrate'
import { queries } from '@/app/_data/queries'
import { orNotFound, pageContext } from '@/app/_data/read'
import { readModel } from '@/lib/model/read'
import { readTriggers } from '@/lib/model/triggers'
import { TriggersScreen } from './triggers-screen'

type Props = { params: Promise<{ id: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Triggers of ${decodeURIComponent((await params).id)}` }
}

export default async function TriggersPage({ params }: Props) {
  const id = decodeURIComponent((await params).id)
  const ctx = await pageContext()
  const [model, triggers] = await orNotFound(Promise.all([readModel(ctx, { id }), readTriggers(ctx, { id })]))
  return (
    <Hydrate
      data={[
        [queries.model(id).queryKey, model],
        [queries.triggers(id).queryKey, triggers],
      ]}
    >
      <TriggersScreen id={id} />
    </Hydrate>
  )
}
