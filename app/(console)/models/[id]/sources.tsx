'use client'

import { Section } from '@/app/_shell/screen'
import { StripInline } from '@/app/_ui/charts/strip-inline'
import { EmptyState } from '@/app/_ui/empty-state'
import { EventTime } from '@/app/_ui/event-time'
import { count, percent, plural } from '@/app/_ui/format'
import { Quantity } from '@/app/_ui/number'
import { Status } from '@/app/_ui/status'
import { type Column, Table } from '@/app/_ui/table'
import { Tag } from '@/app/_ui/tag'
import { useRange } from '@/app/_ui/use-range'
import { Visible } from '@/app/_ui/visible'
import { shareOfPromise } from '@/lib/evidence/share'
import type { SourceRow } from '@/lib/view/source'
import type { Strip } from '@/lib/view/strip'
import { isOfSource } from './of-source'
import css from './sources.module.css'

/** Who contributes to what the model learns, worst first. */
export function Sources({ model, sources, strips }: { model: string; sources: SourceRow[]; strips: Strip[] }) {
  const { domain } = useRange()
  const axis = domain(strips)
  const sorted = [...sources].sort((a, b) => shareOfPromise(b.evidence) - shareOfPromise(a.evidence) || b.rows - a.rows)
  const stripOf = (s: SourceRow) => strips.find((strip) => isOfSource(strip) && strip.title === s.origin)
  const columns: Column<SourceRow>[] = [
    {
      id: 'origin',
      head: 'Source',
      width: 'clamp(96px, 20vw, 320px)',
      cell: (s) => (
        <>
          <b className={css.name}>
            <Visible line text={s.origin} />
          </b>
          <span className={css.kind}>
            <Tag>{s.kind}</Tag>
          </span>
        </>
      ),
    },
    { id: 'state', head: 'State', width: '112px', cell: (s) => <Status kind={s.state} /> },
    {
      id: 'evidence',
      head: 'Evidence',
      wide: true,
      cell: (s) => {
        const strip = stripOf(s)
        return strip ? (
          <StripInline strip={strip} domain={axis} />
        ) : (
          <Bar share={shareOfPromise(s.evidence)} poison={s.state === 'poisoning'} />
        )
      },
    },
    {
      id: 'disagreement',
      head: 'Disagrees',
      align: 'end',
      width: '88px',
      cell: (s) => <b className={css.name}>{percent(s.disagreement)}</b>,
    },
    { id: 'expected', head: 'If honest', align: 'end', width: '80px', cell: (s) => percent(s.expected) },
    {
      id: 'rows',
      head: 'Rows',
      align: 'end',
      width: '88px',
      wide: true,
      cell: (s) => <Quantity value={count(s.rows)} />,
    },
    { id: 'share', head: 'Share', align: 'end', width: '64px', wide: true, cell: (s) => percent(s.share) },
    {
      id: 'seen',
      head: 'Last row',
      align: 'end',
      width: '104px',
      wide: true,
      cell: (s) => <EventTime at={s.lastSeenAt} />,
    },
  ]
  return (
    <Section
      title="Sources"
      aside={sources.length > 0 && `${plural(sources.length, 'source')} of the training feed, worst first`}
    >
      {sorted.length === 0 ? (
        <EmptyState title="No source has contributed yet">
          A source is the origin of a training row (ml.training.v1, origin.id). Once rows arrive, each is judged by how
          often its labels disagree with a shadow learner that has not seen them.
        </EmptyState>
      ) : (
        <Table
          label="Sources, worst first"
          columns={columns}
          rows={sorted}
          rowKey={(s) => s.origin}
          href={(s) => `/models/${encodeURIComponent(model)}/sources/${encodeURIComponent(s.origin)}`}
        />
      )}
    </Section>
  )
}

const Bar = ({ share, poison }: { share: number; poison: boolean }) => (
  <span
    className={css.bar}
    role="img"
    aria-label={`${percent(share)} of the way to an alarm`}
    title={`${percent(share)} of the way to an alarm`}
  >
    <i
      style={{ width: `${Math.min(100, Math.max(0, share / 1.5) * 100)}%` }}
      data-tone={poison ? 'poison' : share >= 1 ? 'alarm' : share >= 0.5 ? 'watch' : undefined}
    />
  </span>
)
