import type { Metadata } from 'next'
import { Hydrate } from '@/app/_data/hydrate'
import { queries } from '@/app/_data/queries'
import { orNotFound, pageContext } from '@/app/_data/read'
import { readModel } from '@/lib/model/read'
import { readSources } from '@/lib/model/sources'
import { readClusters } from '@/lib/source/clusters'
import { SourcesScreen } from './sources-screen'

type Props = { params: Promise<{ id: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Sources of ${decodeURIComponent((await params).id)}` }
}

export default async function SourcesPage({ params }: Props) {
  const id = decodeURIComponent((await params).id)
  const ctx = await pageContext()
  const [model, sources, clusters] = await orNotFound(
    Promise.all([readModel(ctx, { id }), readSources(ctx, { id }), readClusters(ctx, { id })]),
  )
  return (
    <Hydrate
      data={[
        [queries.model(id).queryKey, model],
        [queries.sources(id).queryKey, sources],
        [queries.clusters(id).queryKey, clusters],
      ]}
    >
      <SourcesScreen id={id} />
    </Hydrate>
  )
}
