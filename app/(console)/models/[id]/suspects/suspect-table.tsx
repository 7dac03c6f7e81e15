'use client'

import Link from 'next/link'
import { EventRows } from '@/app/_ui/event-rows'
import type { Column } from '@/app/_ui/table'
import { kindWords } from '@/app/_ui/words'
import type { SuspectItem } from '@/lib/view/alert'

const why: Column<SuspectItem> = {
  id: 'why',
  head: 'Why',
  width: 'clamp(240px, 26vw, 380px)',
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
}

/** Suspicious rows with the reasons in words. */
export function SuspectTable({ suspects }: { suspects: SuspectItem[] }) {
  return (
    <EventRows
      label="Suspicious rows"
      rows={suspects}
      rowKey={(r) => `${r.topic}/${r.partition}/${r.offset}/${r.alertId}`}
      why={why}
    />
  )
}
