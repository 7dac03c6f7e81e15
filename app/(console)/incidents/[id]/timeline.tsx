import { EventTime } from '@/app/_ui/event-time'
import { Time } from '@/app/_ui/time'
import type { TimelineEntry } from '@/lib/view/incident'
import css from './timeline.module.css'

/** What happened and who did it, latest first; the time of the events beside the time on the wall. */
export function Timeline({ entries }: { entries: TimelineEntry[] }) {
  const latestFirst = [...entries].sort((a, b) => b.id - a.id)
  return (
    <ol className={css.timeline}>
      {latestFirst.map((entry) => (
        <li key={entry.id}>
          <p>{entry.text}</p>
          <p className={css.meta}>
            <Time at={entry.at} /> · {entry.actor}
            {entry.eventAt && (
              <>
                {' '}
                · event time <EventTime at={entry.eventAt} />
              </>
            )}
          </p>
        </li>
      ))}
    </ol>
  )
}
