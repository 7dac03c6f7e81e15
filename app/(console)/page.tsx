import { Hydrate } from '@/app/_data/hydrate'
import { queries } from '@/app/_data/queries'
import { ownAddress, pageContext } from '@/app/_data/read'
import { Screen } from '@/app/_shell/screen'
import { parseRange } from '@/app/_ui/range'
import { listModels } from '@/lib/model/list'
import { Now } from './now'

/** Who needs me? */
export default async function NowPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}) {
  const range = parseRange(await searchParams)
  const ctx = await pageContext()
  const models = await listModels(ctx, range)
  return (
    <Hydrate data={[[queries.models(range).queryKey, models]]}>
      <Screen title="Now" quiet>
        <Now address={await ownAddress()} />
      </Screen>
    </Hydrate>
  )
}
