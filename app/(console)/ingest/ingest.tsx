'use client'

import { useQuery } from '@tanstack/react-query'
import { queries } from '@/app/_data/queries'
import { Screen, Section } from '@/app/_shell/screen'
import { DefinitionList, Entry } from '@/app/_ui/definition-list'
import { EmptyState } from '@/app/_ui/empty-state'
import { count, plural } from '@/app/_ui/format'
import { ScreenSkeleton } from '@/app/_ui/skeleton'
import { type Column, Table } from '@/app/_ui/table'
import { Time } from '@/app/_ui/time'
import type { IngestStatus } from '@/lib/view/ingest'
import { firstEvent } from '../first-event'
import { DeadLetters } from './dead-letters'
import css from './ingest.module.css'

type Source = IngestStatus['sources'][number]

const columns: Column<Source>[] = [
  {
    id: 'topic',
    head: 'Topic',
    width: 'clamp(96px, 24vw, 320px)',
    cell: (s) => <span className="mono">{s.topic}</span>,
  },
  { id: 'partition', head: 'Partition', align: 'end', width: '72px', cell: (s) => s.partition },
  { id: 'next', head: 'Next offset', align: 'end', width: 'clamp(80px, 22vw, 136px)', cell: (s) => count(s.next) },
  { id: 'owner', head: 'Worker', wide: true, cell: (s) => s.owner ?? 'none' },
  { id: 'updated', head: 'Last batch', align: 'end', width: '88px', cell: (s) => <Time at={s.updatedAt} /> },
]

/** What comes in, from where, and what was refused. */
export function Ingest({ address }: { address: string }) {
  const status = useQuery({ ...queries.ingest(), refetchInterval: 5000 }).data
  if (!status) return <ScreenSkeleton />
  return (
    <Screen title="Ingest">
      <div className={css.facts}>
        <DefinitionList>
          <Entry name="Accepted">{plural(status.events, 'event')}</Entry>
          <Entry name="Refused">
            {plural(status.deadLetters, 'event')}
            {status.deadLetters > 0 && ', kept with reason and bytes'}
          </Entry>
          <Entry name="Kafka">
            {status.kafka.configured
              ? status.kafka.brokers.join(', ')
              : (status.kafka.note ?? 'not configured: events come over HTTP')}
          </Entry>
        </DefinitionList>
      </div>
      <Section title="Sources">
        {status.sources.some((s) => s.next > 0) ? (
          <Table label="Sources" columns={columns} rows={status.sources} rowKey={(s) => `${s.topic}/${s.partition}`} />
        ) : (
          <EmptyState
            title="Nothing has been read yet"
            command={firstEvent(address)}
            waiting="Waiting for the first event."
          >
            Each partition of each topic stands here once a worker has read from it.
          </EmptyState>
        )}
      </Section>
      <DeadLetters letters={status.latestDeadLetters} total={status.deadLetters} />
    </Screen>
  )
}
