'use client'

import { Section } from '@/app/_shell/screen'
import { EventTime } from '@/app/_ui/event-time'
import { measure } from '@/app/_ui/format'
import { type Column, Table } from '@/app/_ui/table'
import type { VersionRow } from '@/lib/view/model'

const shown = 10

export function Versions({ versions }: { versions: VersionRow[] }) {
  if (versions.length === 0) return null
  const columns: Column<VersionRow>[] = [
    { id: 'version', head: 'Version', width: '30%', cell: (v) => <span className="mono">{v.version}</span> },
    {
      id: 'parent',
      head: 'From',
      width: '20%',
      wide: true,
      cell: (v) => <span className="mono">{v.parent ?? '–'}</span>,
    },
    {
      id: 'metrics',
      head: 'Metrics, as its trainer reports them',
      cell: (v) =>
        v.metrics
          ? Object.entries(v.metrics)
              .map(([name, value]) => `${name} ${measure(value)}`)
              .join(', ')
          : '–',
    },
    { id: 'at', head: 'Published', align: 'end', width: '112px', cell: (v) => <EventTime at={v.at} /> },
  ]
  return (
    <Section title="Versions" aside={versions.length > shown ? `the latest ${shown} of ${versions.length}` : undefined}>
      <Table label="Versions" columns={columns} rows={versions.slice(0, shown)} rowKey={(v) => v.version + v.at} />
    </Section>
  )
}
