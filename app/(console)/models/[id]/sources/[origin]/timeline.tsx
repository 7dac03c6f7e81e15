import { EventTime } from '@/app/_ui/event-time'
import { plural } from '@/app/_ui/format'
import { exact } from '@/app/_ui/instant'
import type { SourceDetail } from '@/lib/view/source'
import css from './timeline.module.css'

/** How many rows came of a source in each window. */
export function Timeline({ windows }: { windows: SourceDetail['timeline'] }) {
  const first = windows[0]
  const last = windows.at(-1)
  if (!first || !last) return <p>No window is complete yet.</p>
  const most = Math.max(...windows.map(({ rows }) => rows))
  const total = windows.reduce((sum, { rows }) => sum + rows, 0)
  return (
    <div>
      <div
        className={css.bars}
        role="img"
        aria-label={`${plural(total, 'row')} in ${plural(windows.length, 'window')}, at most ${most} in one`}
      >
        {windows.map(({ at, rows }) => (
          <i
            key={at}
            style={{ height: `${(100 * rows) / most}%` }}
            title={`${plural(rows, 'row')} from ${exact(at)}`}
          />
        ))}
      </div>
      <div className={css.ends}>
        <EventTime at={first.at} />
        <span>at most {plural(most, 'row')} a window</span>
        <EventTime at={last.at} />
      </div>
    </div>
  )
}
