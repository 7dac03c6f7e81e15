import type { Metadata } from 'next'
import { Hydrate } from '@/app/_data/hydrate'
import { queries } from '@/app/_data/queries'
import { ownAddress, pageContext } from '@/app/_data/read'
import { runtime } from '@/lib/access/runtime'
import { kafkaOf } from '@/lib/ingest-status/kafka'
import { readIngest } from '@/lib/ingest-status/read'
import { Ingest } from './ingest'

export const metadata: Metadata = { title: 'Ingest' }

export default async function IngestPage() {
  const ctx = await pageContext()
  return (
    <Hydrate data={[[queries.ingest().queryKey, await readIngest(ctx, kafkaOf(runtime().config))]]}>
      <Ingest address={await ownAddress()} />
    </Hydrate>
  )
}
