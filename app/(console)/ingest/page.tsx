import type { Metadata } from 'next'
import { Hydrate } from '@/app/_data/hydrate'
import { kafkaStatus } from '@/app/_data/kafka-status'
import { queries } from '@/app/_data/queries'
import { ownAddress, pageContext } from '@/app/_data/read'
import { readIngest } from '@/lib/ingest-status/read'
import { Ingest } from './ingest'

export const metadata: Metadata = { title: 'Ingest' }

export default async function IngestPage() {
  const ctx = await pageContext()
  return (
    <Hydrate data={[[queries.ingest().queryKey, await readIngest(ctx, kafkaStatus())]]}>
      <Ingest address={await ownAddress()} />
    </Hydrate>
  )
}
