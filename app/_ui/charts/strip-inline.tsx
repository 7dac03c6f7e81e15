import type { Strip } from '@/lib/view/strip'
import { percent } from '../format'
import { StatusIcon } from '../status-icon'
import { alarmTimes, type Domain, peak, samplesOf, segments, rowTop as top } from './strip'
import css from './strip-inline.module.css'
import { areaPath, type Frame, linePath, x, y } from './strip-path'

const height = 24

/**
 * The evidence strip in a cell of a table. Plain SVG rather than a chart: a list shows three hundred of them, they are there in the
 * first paint, and they print.
 */
export function StripInline({ strip, domain }: { strip: Strip; domain: Domain | null }) {
  if (!domain || strip.points.length === 0) return <span className={css.none}>–</span>
  const frame: Frame = { width: 1000, height, domain, top }
  const inside = (t: number) => t >= domain[0] && t <= domain[1]
  const samples = samplesOf(strip.points).filter((s) => inside(s.t))
  const line = y(1, frame)
  const alarms = strip.marks.filter((m) => m.kind === 'alarm' && inside(Date.parse(m.at)))
  return (
    <span
      className={css.strip}
      role="img"
      aria-label={`Evidence over time, at most ${percent(peak(strip.points)?.share ?? 0)} of the way to an alarm`}
    >
      <svg viewBox={`0 0 1000 ${height}`} preserveAspectRatio="none" aria-hidden="true" focusable="false">
        {segments(samples, alarmTimes(strip)).map((s) => (
          <g key={s.samples[0]?.t} className={css[s.band]} data-poison={s.poison || undefined}>
            <path d={areaPath(s.samples, frame)} />
            {s.band === 'held' && <path className={css.line} d={linePath(s.samples, frame)} />}
          </g>
        ))}
        <path className={css.base} d={`M0 ${height}H1000`} />
        <path className={css.promise} d={`M0 ${line}H1000`} />
      </svg>
      {alarms.map((m) => (
        <i
          key={`${m.at}${m.label}`}
          data-poison={m.poison || undefined}
          style={{ left: `${x(Date.parse(m.at), frame) / 10}%`, height: height - line }}
        >
          <StatusIcon kind={m.poison ? 'poisoning' : 'alarm'} size={9} />
        </i>
      ))}
    </span>
  )
}
