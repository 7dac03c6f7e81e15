import type { Metadata } from 'next'
import { Hydrate } from '@/app/_data/hydrate'
import { queries } from '@/app/_data/queries'
import { orNotFound, pageContext } from '@/app/_data/read'
import { one } from '@/app/_ui/range'
import { readSources } from '@/lib/model/sources'
import { readSuspects } from '@/lib/model/suspects'
import { suspectFilter } from './filter'
import { Suspects } from './suspects'

type Props = { params: Promise<{ id: string }>; searchParams: Promise<Record<string, string | string[] | undefined>> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Suspects of ${decodeURIComponent((await params).id)}` }
}

export default async function SuspectsPage({ params, searchParams }: Props) {
  const id = decodeURIComponent((await params).id)
  const query = await searchParams
  const filter = suspectFilter({
    kind: one(query.kind) ?? null,
    origin: one(query.origin) ?? null,
    cursor: one(query.cursor) ?? null,
  })
  const ctx = await pageContext()
  const [suspects, sources] = await orNotFound(
    Promise.all([readSuspects(ctx, { id, ...filter }), readSources(ctx, { id })]),
  )
  return (
    <Hydrate
      data={[
        [queries.suspects(id, filter).queryKey, suspects],
        [queries.sources(id).queryKey, sources],
      ]}
    >
      <Suspects id={id} />
    </Hydrate>
  )
}
