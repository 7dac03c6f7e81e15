import Link from 'next/link'
import { measure, percent } from '@/app/_ui/format'
import { Visible } from '@/app/_ui/visible'
import type { SourceRow } from '@/lib/view/source'
import css from './scatter.module.css'
import { namesOf, scatterOf } from './scatter-points'

/** Each source a point, right of others the more it supplies, above them the more it hurts. The table above is its twin. */
export function Scatter({ model, sources }: { model: string; sources: SourceRow[] }) {
  const { points, zero, mostShare, most, least } = scatterOf(sources)
  if (points.length === 0)
    return <p>Influence is known once some 1,000 training rows have been judged; it is being worked out.</p>
  const place = (x: number, y: number) => ({ left: `${2 + 96 * x}%`, bottom: `${4 + 92 * y}%` })
  return (
    <div className={css.plot}>
      <div className={css.y} aria-hidden="true">
        <span>hurts {most > 0 ? `+${measure(most, 2)}` : ''}</span>
        <span>helps {least < 0 ? measure(least, 2) : ''}</span>
      </div>
      <div className={css.area}>
        <i className={css.zero} style={{ bottom: `${4 + 92 * zero}%` }} />
        {points.map(({ source, x, y }) => (
          <Link
            key={source.origin}
            className={css.point}
            data-state={source.state}
            style={place(x, y)}
            href={`/models/${encodeURIComponent(model)}/sources/${encodeURIComponent(source.origin)}`}
            title={`${source.origin}: ${percent(source.share)} of the rows, influence ${measure(source.influence ?? 0, 2)}`}
            aria-label={`${source.origin}: ${percent(source.share)} of the rows, influence ${measure(source.influence ?? 0, 2)}`}
          />
        ))}
        {namesOf(points).map(({ point: { source, x, y }, others }) => (
          <span
            key={source.origin}
            className={css.name}
            data-side={x > 0.6 ? 'left' : 'right'}
            style={{ left: `${2 + 96 * x}%`, top: `${96 - 92 * y}%` }}
            aria-hidden="true"
          >
            <Visible text={source.origin} />
            {others > 0 && ` and ${others} more`}
          </span>
        ))}
      </div>
      <div className={css.x} aria-hidden="true">
        <span>0</span>
        <span>share of the rows</span>
        <span>{percent(mostShare)}</span>
      </div>
    </div>
  )
}
