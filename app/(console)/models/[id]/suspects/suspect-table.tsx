'use client'

import Link from 'next/link'
import { useState } from 'react'
import { Button } from '@/app/_ui/button'
import { EventTime } from '@/app/_ui/event-time'
import { rate } from '@/app/_ui/format'
import { Raw } from '@/app/_ui/raw'
import { Sheet } from '@/app/_ui/sheet'
import { type Column, Table } from '@/app/_ui/table'
import { Visible } from '@/app/_ui/visible'
import { kindWords } from '@/app/_ui/words'
import { gist } from '@/app/(console)/alerts/[id]/records'
import type { SuspectItem } from '@/lib/view/types'
import css from './suspect-table.module.css'

/** Suspicious rows with the reasons in words; the event as it is stored opens beside. */
export function SuspectTable({ suspects }: { suspects: SuspectItem[] }) {
  const [open, setOpen] = useState<SuspectItem | null>(null)
  const columns: Column<SuspectItem>[] = [
    { id: 'content', head: 'Content', cell: (r) => <Visible line text={gist(r)} /> },
    {
      id: 'label',
      head: 'Label',
      width: '72px',
      wide: true,
      cell: (r) => (r.label === null ? '–' : <Visible line text={String(r.label)} />),
    },
    {
      id: 'origin',
      head: 'Source',
      width: '112px',
      wide: true,
      cell: (r) => (r.origin === null ? '–' : <Visible line text={r.origin} />),
    },
    {
      id: 'why',
      head: 'Why',
      width: 'clamp(176px, 26vw, 380px)',
      wrap: true,
      cell: (r) => (
        <>
          {r.reasons.join('; ')}
          {r.alertId !== null && r.kind !== null && (
            <>
              {r.reasons.length > 0 && ' · '}
              <Link href={`/alerts/${encodeURIComponent(r.alertId)}`}>{kindWords[r.kind]}</Link>
            </>
          )}
        </>
      ),
    },
    {
      id: 'score',
      head: 'Suspicion',
      align: 'end',
      width: '80px',
      wide: true,
      cell: (r) => (r.score === null ? '–' : rate(r.score)),
    },
    {
      id: 'at',
      head: 'Topic / partition / offset',
      width: '184px',
      wide: true,
      cell: (r) => <span className="mono">{`${r.topic} / ${r.partition} / ${r.offset}`}</span>,
    },
    { id: 'time', head: 'Event time', align: 'end', width: '96px', wide: true, cell: (r) => <EventTime at={r.time} /> },
    {
      id: 'raw',
      head: <span className="visually-hidden">Raw</span>,
      width: '64px',
      cell: (r) => (
        <Button tone="quiet" className={css.raw} onClick={() => setOpen(r)} aria-label={`Raw event ${r.eventId}`}>
          Raw
        </Button>
      ),
    },
  ]
  return (
    <>
      <Table
        label="Suspicious rows"
        columns={columns}
        rows={suspects}
        rowKey={(r) => `${r.topic}/${r.partition}/${r.offset}/${r.alertId}`}
      />
      <Sheet
        open={open !== null}
        onClose={() => setOpen(null)}
        title={open ? <Visible text={open.eventId} /> : ''}
        description="The event as it is stored; hidden characters are spelled out"
      >
        {open && <Raw record={open} />}
      </Sheet>
    </>
  )
}
