'use client'

import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { queries } from '@/app/_data/queries'
import { Button } from '@/app/_ui/button'
import { EmptyState } from '@/app/_ui/empty-state'
import { EventRows } from '@/app/_ui/event-rows'
import { EventTime } from '@/app/_ui/event-time'
import { count, plural } from '@/app/_ui/format'
import type { Column } from '@/app/_ui/table'
import type { RecordRow } from '@/lib/view/alert'
import type { RankedSuspects } from '@/lib/view/suspect'
import css from './suspects.module.css'

const viewWords: Record<RankedSuspects['views'][number], string> = {
  forest: 'a forest that had not seen the row',
  neighbours: 'the labels of its nearest rows',
  learner: 'a learner of the other rows',
}

const why: Column<RecordRow> = {
  id: 'why',
  head: 'Why',
  width: 'clamp(240px, 26vw, 380px)',
  wrap: true,
  cell: (r) => r.reasons.join('; '),
}

/** The latest rows ranked again, with what came after them known too. */
export function LookingBack({ id, origin }: { id: string; origin: string | undefined }) {
  // Never by itself: it takes seconds of the server, and every row that comes would ask for it again.
  const { data, error, isFetching, refetch } = useQuery({
    ...queries.ranked(id, { origin: origin ?? null }),
    enabled: false,
  })
  const isAsked = data !== undefined || error !== null || isFetching
  useEffect(() => {
    if (!isAsked) void refetch()
  }, [isAsked, refetch])
  if (isFetching || (!data && !error))
    return (
      <p role="status" className={css.waiting}>
        Ranking the latest rows against one another: this takes some seconds.
      </p>
    )
  if (error || !data)
    return (
      <EmptyState title="They could not be ranked">
        {error instanceof Error ? error.message : 'The server did not answer.'}
      </EmptyState>
    )
  if (data.cannot !== null)
    return (
      <EmptyState title="These rows cannot be ranked looking back">It takes rows to compare: {data.cannot}.</EmptyState>
    )
  const csv = `/api/v1/models/${encodeURIComponent(id)}/suspects/ranked?format=csv&limit=1000${origin ? `&origin=${encodeURIComponent(origin)}` : ''}`
  return (
    <>
      <div className={css.told}>
        <p>
          {plural(data.compared, 'row')}
          {data.from && data.to && (
            <>
              {' '}
              from <EventTime at={data.from} /> to <EventTime at={data.to} />
            </>
          )}
          , judged by {data.views.map((view) => viewWords[view]).join(', and by ')}. By all the chances together about{' '}
          {count(data.expectedWrong)} of their labels are wrong. Nothing of this is kept, and nobody is accused by it.
        </p>
        <div className={css.ways}>
          <Button onClick={() => void refetch()}>Rank again</Button>
          <a href={csv} download="suspects.csv">
            These rows as CSV
          </a>
        </div>
      </div>
      {data.items.length > 0 ? (
        <EventRows
          label="Rows ranked looking back"
          rows={data.items}
          rowKey={(r) => `${r.source} ${r.eventId}`}
          why={why}
        />
      ) : (
        <EmptyState good title={`No label${origin ? ` of ${origin}` : ''} is likelier wrong than right`}>
          Compared with one another, these rows agree with their labels.
        </EmptyState>
      )}
    </>
  )
}
