'use client'

import { useState } from 'react'
import type { RecordRow } from '@/lib/view/alert'
import { Button } from './button'
import css from './event-rows.module.css'
import { EventTime } from './event-time'
import { measure, rate } from './format'
import { Raw } from './raw'
import { Sheet } from './sheet'
import { type Column, Table } from './table'
import { Visible } from './visible'

interface Props<Row extends RecordRow> {
  label: string
  rows: Row[]
  rowKey: (row: Row) => string
  /** Why a row is here: a column behind the source, on a phone under the content. */
  why?: Column<Row>
}

/** Stored events: what they say, who sent them, how suspicious they were, their place in the log; the event as it is stored opens beside. */
export function EventRows<Row extends RecordRow>({ label, rows, rowKey, why }: Props<Row>) {
  const [open, setOpen] = useState<Row | null>(null)
  const columns: Column<Row>[] = [
    ...(why
      ? []
      : [
          {
            id: 'event',
            head: 'Event',
            width: '128px',
            wide: true,
            cell: (r: Row) => (
              <span className="mono">
                <Visible line text={r.eventId} />
              </span>
            ),
          },
        ]),
    {
      id: 'content',
      head: 'Content',
      cell: (r) => (
        <>
          <Visible line text={gist(r)} />
          {why && <div className={css.under}>{why.cell(r)}</div>}
        </>
      ),
    },
    { id: 'label', head: 'Label', width: '72px', cell: (r) => <Said it={r.label} /> },
    { id: 'origin', head: 'Source', width: '112px', wide: true, cell: (r) => <Said it={r.origin} /> },
    ...(why ? [{ ...why, wide: true }] : []),
    ...(rows.some((r) => r.score !== null)
      ? [
          {
            id: 'score',
            head: 'Suspicion',
            align: 'end' as const,
            width: '80px',
            wide: true,
            cell: (r: Row) => (r.score === null ? '–' : rate(r.score)),
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
    <>
      <Table label={label} columns={columns} rows={rows} rowKey={rowKey} />
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

const Said = ({ it }: { it: string | number | null }) => (it === null ? '–' : <Visible line text={String(it)} />)

/** What a person would look at first: the text, or the features. */
function gist({ data }: RecordRow): string {
  if (typeof data.text === 'string') return data.text
  const features = data.features
  if (typeof features !== 'object' || features === null) return JSON.stringify(data)
  return Object.entries(features)
    .map(([name, value]) => `${name} ${typeof value === 'number' ? measure(value) : value}`)
    .join(' · ')
}
