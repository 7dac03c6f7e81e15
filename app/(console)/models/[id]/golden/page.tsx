import type { Metadata } from 'next'
import { Hydrate } from '@/app/_data/hydrate'
import { queries } from '@/app/_data/queries'
import { orNotFound, pageContext } from '@/app/_data/read'
import { listGolden } from '@/lib/golden/list'
import { Golden } from './golden'

type Props = { params: Promise<{ id: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Golden set of ${decodeURIComponent((await params).id)}` }
}

export default async function GoldenPage({ params }: Props) {
  const id = decodeURIComponent((await params).id)
  const ctx = await pageContext()
  const sets = await orNotFound(listGolden(ctx, { id }))
  return (
    <Hydrate data={[[queries.golden(id).queryKey, sets]]}>
      <Golden id={id} />
    </Hydrate>
  )
}
