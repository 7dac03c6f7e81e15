'use client'

import { useState } from 'react'
import { Section } from '@/app/_shell/screen'
import { Button } from '@/app/_ui/button'
import { EventTime } from '@/app/_ui/event-time'
import { measure, plural } from '@/app/_ui/format'
import { Raw } from '@/app/_ui/raw'
import { Sheet } from '@/app/_ui/sheet'
import { type Column, Table } from '@/app/_ui/table'
import { Visible } from '@/app/_ui/visible'
import type { RecordRow } from '@/lib/view/types'
import css from './records.module.css'

/** Rows at first: what comes after them must stay in reach. */
const first = 10

/** The rows behind an alert, worst first, each with its place in the log. */
export function Records({ records }: { records: RecordRow[] }) {
  const [all, setAll] = useState(false)
  const [open, setOpen] = useState<RecordRow | null>(null)
  if (records.length === 0) return null
  const scored = records.some((r) => r.score !== null)
  const columns: Column<RecordRow>[] = [
    {
      id: 'event',
      head: 'Event',
      width: '128px',
      wide: true,
      cell: (r) => (
        <span className="mono">
          <Visible line text={r.eventId} />
        </span>
      ),
    },
    { id: 'content', head: 'Content', cell: (r) => <Visible line text={gist(r)} /> },
    {
      id: 'label',
      head: 'Label',
      width: '72px',
      cell: (r) => (r.label === null ? '–' : <Visible line text={String(r.label)} />),
    },
    {
      id: 'origin',
      head: 'Source',
      width: '112px',
      wide: true,
      cell: (r) => (r.origin === null ? '–' : <Visible line text={r.origin} />),
    },
    ...(scored
      ? [
          {
            id: 'score',
            head: 'Suspicion',
            align: 'end' as const,
            width: '80px',
            wide: true,
            cell: (r: RecordRow) => (r.score === null ? '–' : measure(r.score)),
          },
        ]
      : []),
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
    <Section
      title="Rows behind it"
      aside={
        all || records.length <= first
          ? `${plural(records.length, 'row')}, worst first`
          : `the worst ${first} of ${records.length}`
      }
    >
      <Table
        label="Rows behind this alert"
        columns={columns}
        rows={all ? records : records.slice(0, first)}
        rowKey={(r) => `${r.topic}/${r.partition}/${r.offset}`}
      />
      {!all && records.length > first && (
        <Button tone="quiet" onClick={() => setAll(true)}>
          All {plural(records.length, 'row')}
        </Button>
      )}
      <Sheet
        open={open !== null}
        onClose={() => setOpen(null)}
        title={open ? <Visible text={open.eventId} /> : ''}
        description="The event as it is stored; hidden characters are spelled out"
      >
        {open && <Raw record={open} />}
      </Sheet>
    </Section>
  )
}

/** What a person would look at first: the text, or the features. */
export function gist({ data }: RecordRow): string {
  if (typeof data.text === 'string') return data.text
  const features = data.features
  if (typeof features !== 'object' || features === null) return JSON.stringify(data)
  return Object.entries(features)
    .map(([name, value]) => `${name} ${typeof value === 'number' ? measure(value) : value}`)
    .join(' · ')
}
