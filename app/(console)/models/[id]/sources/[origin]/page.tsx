import type { Metadata } from 'next'
import { Hydrate } from '@/app/_data/hydrate'
import { queries } from '@/app/_data/queries'
import { orNotFound, pageContext } from '@/app/_data/read'
import { readSuspects } from '@/lib/model/suspects'
import { readSource } from '@/lib/source/read'
import { Source } from './source'

type Props = { params: Promise<{ id: string; origin: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { id, origin } = await params
  return { title: `${decodeURIComponent(origin)}, a source of ${decodeURIComponent(id)}` }
}

export default async function SourcePage({ params }: Props) {
  const { id: rawId, origin: rawOrigin } = await params
  const id = decodeURIComponent(rawId)
  const origin = decodeURIComponent(rawOrigin)
  const ctx = await pageContext()
  const [source, suspects] = await orNotFound(
    Promise.all([readSource(ctx, { id, origin }), readSuspects(ctx, { id, origin })]),
  )
  return (
    <Hydrate
      data={[
        [queries.source(id, origin).queryKey, source],
        [queries.suspects(id, { origin }).queryKey, suspects],
      ]}
    >
      <Source id={id} origin={origin} />
    </Hydrate>
  )
}
