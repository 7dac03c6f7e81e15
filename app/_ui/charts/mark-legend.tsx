import type { Strip, StripMark } from '@/lib/view/strip'
import { EventTime } from '../event-time'
import { scaleWords } from '../evidence'
import css from './mark-legend.module.css'

const glyphs: Record<StripMark['kind'], [glyph: string, words: string]> = {
  onset: ['▸', 'onset'],
  alarm: ['●', 'alarm'],
  version: ['▲', 'version'],
  'label-batch': ['◆', 'label batch'],
  containment: ['▮', 'containment'],
}
const shown = 6

/** The marks of a figure in words, in order of time; versions only when nothing else is there to tell. */
export function MarkLegend({ strip }: { strip: Strip }) {
  const telling = strip.marks.filter((m) => m.kind !== 'version')
  const marks = (telling.length > 0 ? telling : strip.marks).slice(-shown)
  return (
    <ul className={css.legend}>
      {marks.map((mark) => {
        const [glyph, words] = glyphs[mark.kind]
        const poison = mark.kind === 'alarm' && mark.poison
        return (
          <li key={`${mark.kind}${mark.at}${mark.label}`}>
            <span className={css.glyph} data-kind={poison ? 'poison' : mark.kind} aria-hidden="true">
              {poison ? '◆' : glyph}
            </span>
            {words} {mark.kind === 'version' && mark.label} <EventTime at={mark.at} />
          </li>
        )
      })}
      <li className={css.scale}>{scaleWords}</li>
    </ul>
  )
}
