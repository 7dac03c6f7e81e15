import type { Metadata } from 'next'
import { Hydrate } from '@/app/_data/hydrate'
import { queries } from '@/app/_data/queries'
import { ownAddress, pageContext } from '@/app/_data/read'
import { readIngestStatus } from '@/lib/ingest-status/read'
import { Ingest } from './ingest'

export const metadata: Metadata = { title: 'Ingest' }

export default async function IngestPage() {
  const ctx = await pageContext()
  return (
    <Hydrate data={[[queries.ingest().queryKey, await readIngestStatus(ctx)]]}>
      <Ingest address={await ownAddress()} />
    </Hydrate>
  )
}
