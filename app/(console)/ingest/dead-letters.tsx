'use client'

import { Section } from '@/app/_shell/screen'
import { EmptyState } from '@/app/_ui/empty-state'
import { bytes, count } from '@/app/_ui/format'
import { type Column, Table } from '@/app/_ui/table'
import { Time } from '@/app/_ui/time'
import { Visible } from '@/app/_ui/visible'
import type { IngestStatus } from '@/lib/view/ingest'

type Letter = IngestStatus['latestDeadLetters'][number]

const columns: Column<Letter>[] = [
  { id: 'reason', head: 'Reason', wrap: true, cell: (l) => <Visible text={l.reason} /> },
  {
    id: 'preview',
    head: 'Begins with',
    width: '32%',
    wide: true,
    cell: (l) => (
      <span className="mono">
        <Visible line text={l.preview} />
      </span>
    ),
  },
  {
    id: 'at',
    head: 'Topic / partition / offset',
    width: '200px',
    wide: true,
    cell: (l) => <span className="mono">{`${l.topic} / ${l.partition} / ${l.offset}`}</span>,
  },
  { id: 'size', head: 'Size', align: 'end', width: '80px', wide: true, cell: (l) => bytes(l.size) },
  { id: 'when', head: 'Came', align: 'end', width: '96px', cell: (l) => <Time at={l.at} /> },
]

/** Bad input is data: what was refused, why, and where it lies. */
export function DeadLetters({ letters, total }: { letters: Letter[]; total: number }) {
  return (
    <Section
      title="Dead letters"
      aside={total > letters.length ? `the latest ${letters.length} of ${count(total)}` : undefined}
    >
      {letters.length > 0 ? (
        <Table
          label="Dead letters"
          columns={columns}
          rows={letters}
          rowKey={(l) => `${l.topic}/${l.partition}/${l.offset}`}
        />
      ) : (
        <EmptyState good title="Nothing was refused">
          A malformed, oversized, unknown or duplicate event is kept here with its reason; it never stops a partition.
        </EmptyState>
      )}
    </Section>
  )
}
