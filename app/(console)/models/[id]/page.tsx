import type { Metadata } from 'next'
import { Hydrate } from '@/app/_data/hydrate'
import { queries } from '@/app/_data/queries'
import { orNotFound, pageContext } from '@/app/_data/read'
import { parseRange } from '@/app/_ui/range'
import { readDrift } from '@/lib/model/drift'
import { readModel } from '@/lib/model/read'
import { readSources } from '@/lib/model/sources'
import { Model } from './model'

type Props = { params: Promise<{ id: string }>; searchParams: Promise<Record<string, string | string[] | undefined>> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: decodeURIComponent((await params).id) }
}

export default async function ModelPage({ params, searchParams }: Props) {
  const id = decodeURIComponent((await params).id)
  const range = parseRange(await searchParams)
  const ctx = await pageContext()
  const [model, drift, sources] = await orNotFound(
    Promise.all([readModel(ctx, { id, ...range }), readDrift(ctx, { id, ...range }), readSources(ctx, { id })]),
  )
  return (
    <Hydrate
      data={[
        [queries.model(id, range).queryKey, model],
        [queries.drift(id, range).queryKey, drift],
        [queries.sources(id).queryKey, sources],
      ]}
    >
      <Model id={id} />
    </Hydrate>
  )
}
