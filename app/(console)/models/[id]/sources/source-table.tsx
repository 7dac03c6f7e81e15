'use client'

import { StripInline } from '@/app/_ui/charts/strip-inline'
import { changeWords, figureWords, isCertain } from '@/app/_ui/counterfactual-words'
import { EventTime } from '@/app/_ui/event-time'
import { count, measure, percent, rate } from '@/app/_ui/format'
import { Status } from '@/app/_ui/status'
import { type Column, Table } from '@/app/_ui/table'
import { useRange } from '@/app/_ui/use-range'
import { Visible } from '@/app/_ui/visible'
import { shareOfPromise } from '@/lib/evidence/share'
import type { SourceRow } from '@/lib/view/source'
import type { Strip } from '@/lib/view/strip'
import { isOfSource } from '../of-source'
import css from './sources-screen.module.css'

export function SourceTable({ model, sources, strips }: { model: string; sources: SourceRow[]; strips: Strip[] }) {
  const { domain } = useRange()
  const axis = domain(strips)
  const stripOf = (s: SourceRow) => strips.find((strip) => isOfSource(strip) && strip.title === s.origin)
  const columns: Column<SourceRow>[] = [
    {
      id: 'origin',
      head: 'Source',
      width: 'clamp(104px, 16vw, 260px)',
      cell: (s) => <Visible line text={s.origin} />,
    },
    { id: 'state', head: 'State', width: '112px', cell: (s) => <Status kind={s.state} /> },
    {
      id: 'evidence',
      head: 'Evidence',
      wide: true,
      width: '168px',
      cell: (s) => {
        const strip = stripOf(s)
        return strip ? (
          <StripInline strip={strip} domain={axis} />
        ) : (
          `${percent(shareOfPromise(s.evidence))} of an alarm`
        )
      },
    },
    {
      id: 'without',
      head: 'The model without it',
      wide: true,
      cell: (s) =>
        s.counterfactual ? (
          <span className={css.figure} data-hurts={isCertain(s.counterfactual) && s.counterfactual.gain.value > 0}>
            {figureWords(s.counterfactual)} {changeWords(s.counterfactual)}
          </span>
        ) : (
          <span className={css.quiet}>not worked out yet</span>
        ),
    },
    {
      id: 'influence',
      head: <abbr title="What its rows did to the mean log loss on trusted rows: above 0 it hurts">Influence</abbr>,
      align: 'end',
      width: '80px',
      cell: (s) => (s.influence === null ? '–' : `${s.influence > 0 ? '+' : ''}${measure(s.influence, 2)}`),
    },
    {
      id: 'trust',
      head: (
        <abbr title="Lower 5 % bound of the share of its rows that are right, from rows that people looked at">
          Trust
        </abbr>
      ),
      align: 'end',
      width: '104px',
      wide: true,
      cell: (s) => (
        <>
          {rate(s.trust ?? 0)} <span className={css.quiet}>n {count(s.audited)}</span>
        </>
      ),
    },
    {
      id: 'share',
      head: 'Share, cap',
      align: 'end',
      width: '104px',
      wide: true,
      cell: (s) => (
        <>
          {percent(s.share)} <span className={css.quiet}>of {percent(s.cap.share)}</span>
        </>
      ),
    },
    { id: 'rows', head: 'Rows', align: 'end', width: '80px', wide: true, cell: (s) => count(s.rows) },
    {
      id: 'seen',
      head: 'Last row',
      align: 'end',
      width: '96px',
      wide: true,
      cell: (s) => <EventTime at={s.lastSeenAt} />,
    },
  ]
  return (
    <Table
      main
      label="Sources"
      columns={columns}
      rows={sources}
      rowKey={(s) => s.origin}
      href={(s) => `/models/${encodeURIComponent(model)}/sources/${encodeURIComponent(s.origin)}`}
    />
  )
}
