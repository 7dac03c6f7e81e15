'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { queries } from '@/app/_data/queries'
import { Section } from '@/app/_shell/screen'
import { EventTime } from '@/app/_ui/event-time'
import { count } from '@/app/_ui/format'
import { type Column, Table } from '@/app/_ui/table'
import { Time } from '@/app/_ui/time'
import { subjectWords } from '@/app/_ui/words'
import type { AdoptedLevel } from '@/lib/view/alert'

/** Levels that people approved as the new normal, and took back. Nothing is shown while there is none: it is done on the page of an alert. */
export function Adopted({ model }: { model: string }) {
  const items = useQuery(queries.adopted(model)).data?.items ?? []
  if (items.length === 0) return null
  const columns: Column<AdoptedLevel>[] = [
    {
      id: 'what',
      head: 'What is normal now',
      cell: (a) =>
        a.alertId ? (
          <Link href={`/alerts/${encodeURIComponent(a.alertId)}`}>
            {subjectWords(a.subject) || 'the level of an alert'}
          </Link>
        ) : (
          'the whole model, a pinned range'
        ),
    },
    { id: 'from', head: 'Since', width: '104px', wide: true, cell: (a) => <EventTime at={a.from} /> },
    { id: 'at', head: 'Counts from event', align: 'end', width: '136px', wide: true, cell: (a) => count(a.atEvent) },
    { id: 'by', head: 'By', width: '144px', wide: true, cell: (a) => a.decidedBy },
    {
      id: 'state',
      head: 'State',
      width: '176px',
      cell: (a) =>
        a.withdrawnAt ? (
          <>
            taken back <Time at={a.withdrawnAt} />
          </>
        ) : (
          <>
            adopted <Time at={a.decidedAt} />
          </>
        ),
    },
  ]
  return (
    <Section title="Adopted levels">
      <Table label="Adopted levels, newest first" columns={columns} rows={items} rowKey={(a) => a.id} />
    </Section>
  )
}
