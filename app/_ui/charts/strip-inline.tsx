import type { Strip } from '@/lib/view/types'
import { percent } from '../format'
import css from './strip-inline.module.css'
import { bandEdges, type Domain, peak, samplesOf } from './strip'
import { bandPath, type Frame, x, y } from './strip-path'

/**
 * The evidence strip at 120 × 24, in a cell of a table. Plain SVG rather than a chart: a list shows three hundred of them, they are
 * there in the first paint, and they print.
 */
export function StripInline({ strip, domain, poison }: { strip: Strip; domain: Domain | null; poison?: boolean }) {
  if (!domain || strip.points.length === 0) return <span className={css.none}>–</span>
  const frame: Frame = { width: 120, height: 22, domain, top: 1.5 }
  const samples = samplesOf(strip.points).filter((s) => s.t >= domain[0] && s.t <= domain[1])
  const line = y(1, frame)
  const worst = peak(strip.points)
  return (
    <svg
      className={css.strip}
      viewBox="0 0 120 24"
      preserveAspectRatio="none"
      role="img"
      aria-label={`Evidence over time, at most ${percent(worst?.share ?? 0)} of the budget`}
    >
      <path className={css.base} d="M0 22.5H120" />
      {samples.length > 1 &&
        bandEdges.map(({ band, from, to }) => (
          <path key={band} className={css[band]} data-poison={poison || undefined} d={bandPath(samples, { from, to }, frame)} />
        ))}
      <path className={css.promise} d={`M0 ${line}H120`} />
      {strip.marks
        .filter((m) => m.kind === 'alarm')
        .map((m) => (
          <circle key={`${m.at}${m.label}`} className={css.mark} data-poison={m.poison || undefined} cx={x(Date.parse(m.at), frame)} cy={line} r="2.2" />
        ))}
    </svg>
  )
}
