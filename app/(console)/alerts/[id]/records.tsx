'use client'

import { useState } from 'react'
import { Section } from '@/app/_shell/screen'
import { Button } from '@/app/_ui/button'
import { EventRows } from '@/app/_ui/event-rows'
import { plural } from '@/app/_ui/format'
import type { RecordRow } from '@/lib/view/alert'

/** Rows at first: what comes after them must stay in reach. */
const first = 10

/** The rows behind an alert, worst first, each with its place in the log. */
export function Records({ records }: { records: RecordRow[] }) {
  const [all, setAll] = useState(false)
  if (records.length === 0) return null
  const some = !all && records.length > first
  return (
    <Section
      title="Rows behind it"
      aside={some ? `the worst ${first} of ${records.length}` : `${plural(records.length, 'row')}, worst first`}
    >
      <EventRows
        label="Rows behind this alert"
        rows={some ? records.slice(0, first) : records}
        rowKey={(r) => `${r.topic}/${r.partition}/${r.offset}`}
      />
      {some && (
        <Button tone="quiet" onClick={() => setAll(true)}>
          All {plural(records.length, 'row')}
        </Button>
      )}
    </Section>
  )
}
