import type { Metadata } from 'next'
import { Hydrate } from '@/app/_data/hydrate'
import { queries } from '@/app/_data/queries'
import { ownAddress, pageContext } from '@/app/_data/read'
import { parseRange } from '@/app/_ui/range'
import { listModels } from '@/lib/model/list'
import { Models } from './models'

export const metadata: Metadata = { title: 'Models' }

export default async function ModelsPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}) {
  const range = parseRange(await searchParams)
  const ctx = await pageContext()
  return (
    <Hydrate data={[[queries.models(range).queryKey, await listModels(ctx, range)]]}>
      <Models address={await ownAddress()} />
    </Hydrate>
  )
}
