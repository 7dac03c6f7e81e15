import { Hydrate } from '@/app/_data/hydrate'
import { queries } from '@/app/_data/queries'
import { ownAddress, pageContext } from '@/app/_data/read'
import { Screen } from '@/app/_shell/screen'
import { one, parseRange } from '@/app/_ui/range'
import { listModels } from '@/lib/model/list'
import { Now } from './now'

/** Who needs me? */
export default async function NowPage({ searchParams }: { searchParams: Promise<Record<string, string | string[] | undefined>> }) {
  const search = await searchParams
  const range = parseRange(search)
  const ctx = await pageContext()
  const models = await listModels(ctx, range)
  return (
    <Hydrate data={[[queries.models(range).queryKey, models]]}>
      <Screen title={<span className="visually-hidden">Now</span>}>
        <Now address={await ownAddress()} {...(one(search.q) ? { q: one(search.q) } : {})} />
      </Screen>
    </Hydrate>
  )
}
